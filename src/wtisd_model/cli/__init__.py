"""The command line: the same verbs as in Python, for people and for scripts."""

from wtisd_model.cli.program import main

__all__ = ["main"]
