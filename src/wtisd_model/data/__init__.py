"""Dated code lists and their sources: zones, countries, groups, currencies, languages, goals, colours, team sizes."""

from pathlib import Path


def code_lists(name: str) -> dict[str, str]:
    """Return the lists in a file of ``lists``, by what stands in brackets above each; lines with ``#`` are comments."""
    # Not through importlib.resources, which loads zipfile: most of these lists are read at each start.
    text = Path(__file__).with_name("lists").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lists[line.strip("[]")] = current = []
        elif not line.startswith("#"):
            current.append(line)
    return {title: "\n".join(lines) for title, lines in lists.items()}


def pairs(words: str) -> dict[str, str]:
    """Return what is before the colon in each word with what is behind it: ``CHE:CH DEU:DE``."""
    return dict(word.split(":") for word in words.split())
