"""The command line: validate, check, convert and plan, for people and for scripts."""
