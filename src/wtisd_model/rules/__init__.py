"""Rules about a dossier and about submissions to it, which need several objects, the current time or judgement."""
