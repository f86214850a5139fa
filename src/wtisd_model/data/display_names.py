"""What languages, scripts and countries are called in the languages of the package, from Unicode CLDR."""

import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert


class DisplayNames(Struct, frozen=True):
    """The names in one language."""

    pattern: str
    """The name of a language with a script or a country: ``{name} ({parts})``."""
    separator: str
    names: dict[str, str]
    """By the tag of a language, alone or with a script or a country, and by the code of a script or a country."""


@cache
def display_names(language: str) -> DisplayNames:
    """Return the names in one of the languages of the package."""
    text = (files("wtisd_model.data") / "names" / f"{language}.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), DisplayNames)
