"""The command line: the same verbs as in Python, for people and for scripts."""
