"""The schedule of a conference as schedule.json, in the versions 1 and 2 of c3voc: writing and reading."""
