"""Proposals of rosters: the problem in numbers, and its solution by a solver of integer programs."""
