"""What languages, scripts and countries are called in the languages of the package, from Unicode CLDR."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from wtisd_model.locales import borrowed, own_languages


class DisplayNames(Struct, frozen=True):
    """The names in one language."""

    pattern: str
    """The name of a language with a script or a country: ``{name} ({parts})``."""
    separator: str
    names: Mapping[str, str]
    """By the tag of a language, alone or with a script or a country, and by the code of a script or a country."""
    towns: Mapping[str, str] = {}
    """What the towns after which time zones are named are called, by the names of the zones."""


@cache
def display_names(language: str) -> DisplayNames:
    """Return the names in a language of the package, or in one that was added; those that it lacks are borrowed."""
    own = own_languages().get(language)
    if own is not None:
        base = display_names(own.base)
        names = {code: borrowed(name, own.base) for code, name in base.names.items()} | own.names.get("names", {})
        return convert(
            {"pattern": base.pattern, "separator": base.separator, **own.names, "names": names}, DisplayNames
        )
    text = (files("wtisd_model.data") / "names" / f"{language}.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), DisplayNames)
