"""Writes the parts of ``wtisd_model.data`` that others publish; run it after an upgrade of tzdata or Babel.

``python -m tests.data.generate`` changes the lists named in ``blocks``, the versions in the docstrings of modules, and
the files of names.
Hand-made lists (other names of zones, mistakes, codes of languages, minor units, colours) are not touched, and neither
are the English names of sign languages, which are those of the IANA Language Subtag Registry.

What is copied is shipped under the licences that ``NOTICE`` names. The data of pycountry are not copied, because their
licence (LGPL) would then be one of ours: tests compare with them.
"""

import json
import re
import textwrap
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from babel import Locale
from babel.core import get_global

import wtisd_model.data
from wtisd_model.data.languages import REPLACED, SIGN_LANGUAGES
from wtisd_model.locales import languages

FOLDER = Path(wtisd_model.data.__path__[0])
LICENCE = Path(__file__).parents[2] / "LICENSES" / "Unicode-3.0.txt"

# Codes of ISO 3166-3 that CLDR leads to the country of today too.
WITHDRAWN_COUNTRIES = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})


def accepted_zones() -> set[str]:
    """Return the names in the list of the tzdata package, without that of a machine whose zone was never set."""
    return {*files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()} - {"Factory"}


def area_zones() -> set[str]:
    """Return the accepted names Area/City, without the fixed offsets of Etc/."""
    return {name for name in accepted_zones() if "/" in name and not name.startswith("Etc/")}


def zone_tab() -> set[str]:
    """Return the third column of zone.tab: the zones in use in some country."""
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[2] for line in lines if not line.startswith("#")}


def zone_countries() -> dict[str, str]:
    """Return the country of each zone Area/City, from zone.tab, or of the zone that it links to.

    A link without an area says little about its place: EST is Panama in the database, and CET is Brussels.
    """
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    countries = {line.split("\t")[2]: line[:2] for line in lines if not line.startswith("#")}
    links = zone_links()
    found = {name: countries.get(name) or countries.get(links.get(name, "")) for name in area_zones()}
    return {name: country for name, country in found.items() if country}


def _by_country() -> Iterable[str]:
    pairs = sorted((country, zone) for zone, country in zone_countries().items())
    for country, group in groupby(pairs, key=itemgetter(0)):
        yield f"{country}:"
        yield from (zone for _, zone in group)


def zone_links() -> dict[str, str]:
    """Return the target of each link in the database."""
    lines = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").splitlines()
    return {link: target for kind, target, link in (line.split() for line in lines if line.startswith("L "))}


def windows_zones() -> dict[str, str]:
    """Return the zone of each Windows zone name, spelled as in zone.tab."""
    places, links = zone_tab(), zone_links()
    meant = {name: links[zone] if zone in links and zone not in places else zone for name, zone in _windows()}
    return {name: zone for name, zone in meant.items() if zone in places}


def three_letter_countries() -> dict[str, str]:
    """Return the two-letter code of each three-letter code that CLDR leads to one country of iso3166.tab."""
    lines = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8").splitlines()
    countries = {line[:2] for line in lines if not line.startswith("#")}
    aliases = {code: now[0] for code, now in get_global("territory_aliases").items() if len(now) == 1}
    return {
        code: now
        for code, now in aliases.items()
        if re.fullmatch("[A-Z]{3}", code) and now in countries and code not in WITHDRAWN_COUNTRIES
    }


def last_days() -> dict[str, date]:
    """Return the last day as legal tender, anywhere, of each currency that was withdrawn since 2003."""
    ends: dict[str, list[date]] = {}
    for tenders in get_global("territory_currencies").values():
        for code, _, end, is_tender in tenders:
            if is_tender:
                ends.setdefault(code, []).append(date(*end) if end else date.max)
    return {code: max(days) for code, days in ends.items() if date(2003, 1, 1) <= max(days) < date.max}


# What Babel lacks of CLDR: how the name of a language with a script or a country is composed, and the names of sign
# languages, which CLDR hardly has. International Sign as the World Federation of the Deaf and the UN call it.
_COMPOSED = {
    "ar": ("{name} ({parts})", "، ", "لغة الإشارة ({place})", "الإشارات الدولية"),
    "de": ("{name} ({parts})", ", ", "Gebärdensprache ({place})", "Internationale Gebärden"),
    "en": ("{name} ({parts})", ", ", "sign language ({place})", "International Sign"),
    "es": ("{name} ({parts})", ", ", "lengua de señas ({place})", "señas internacionales"),
    "fr": ("{name} ({parts})", ", ", "langue des signes ({place})", "signes internationaux"),
    "pt": ("{name} ({parts})", ", ", "língua de sinais ({place})", "sinais internacionais"),
    "ru": ("{name} ({parts})", ", ", "жестовый язык ({place})", "международный жестовый язык"),
    "zh": ("{name}（{parts}）", "，", "手语（{place}）", "国际手语"),
}


def display_names(language: str) -> dict[str, str]:
    """Return the names of languages, scripts and countries in a language, by their codes."""
    cldr = Locale(language)
    _, _, signed, international = _COMPOSED[language]
    names = {tag.replace("_", "-"): name for tag, name in cldr.languages.items()}
    countries = {code: tag[4:].upper() for tag, code in REPLACED.items() if re.fullmatch("sgn-..", tag)}
    # In English they have a name in the registry, which is written by hand and kept.
    kept = tomllib.loads(_names_path("en").read_text(encoding="utf-8"))["names"] if language == "en" else {}
    for code in sorted(SIGN_LANGUAGES - names.keys()):
        country = countries.get(code)
        names[code] = kept.get(code) or signed.format(place=code if country is None else cldr.territories[country])
    names["ils"] = international
    return names | dict(cldr.scripts) | dict(cldr.territories)


def names_file(language: str) -> str:
    """Return the file of the names in a language."""
    pattern, separator, *_ = _COMPOSED[language]
    names = "".join(
        f"{code} = {json.dumps(name, ensure_ascii=False)}\n" for code, name in sorted(display_names(language).items())
    )
    source = f"# Unicode CLDR as in Babel {version('babel')}; python -m tests.data.generate writes this file.\n"
    if language == "en":
        source += "# Names of sign languages: the IANA Language Subtag Registry of 2026-09-17.\n"
    return f'{source}pattern = "{pattern}"\nseparator = "{separator}"\n\n[names]\n{names}'


def cldr_licence() -> str:
    """Return the copyright and permission notice of CLDR, which has to appear with all copies of its data."""
    return files("babel").joinpath("locale-data", "LICENSE.unicode").read_text(encoding="utf-8")


def blocks() -> dict[str, dict[str, list[str]]]:
    """Return the generated lists of each file: their names and entries."""
    areas, places = area_zones(), zone_tab()
    windows = [f"{name} = {zone}" for name, zone in sorted(windows_zones().items())]
    return {
        "zones": {
            "places": sorted(places & areas),
            "links": sorted(areas - places),
            "without_area": sorted(accepted_zones() - areas),
            "windows": [f"{entry};" for entry in windows[:-1]] + windows[-1:],
        },
        "zone_countries": {"zones": list(_by_country())},
        "countries": {"alpha_3": sorted(f"{long}:{short}" for long, short in three_letter_countries().items())},
        "currencies": {"last_days": sorted(f"{code}:{day}" for code, day in last_days().items())},
    }


def rewritten(name: str, text: str) -> str:
    """Return the text of a file of lists with the generated ones brought up to date."""
    for title, entries in blocks()[name].items():
        pattern = re.compile(rf"^\[{title}\]\n.*?(?=\n\n|\n\Z)", re.MULTILINE | re.DOTALL)
        text, found = pattern.subn(f"[{title}]\n{_wrapped(entries)}", text)
        if found != 1:
            message = f"{name}.txt has {found} lists {title}"
            raise LookupError(message)
    return text


def main() -> None:
    """Rewrite the files in place."""
    for name in blocks():
        for path, change in ((list_path(name), partial(rewritten, name)), (FOLDER / f"{name}.py", with_versions)):
            path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    for language in languages():
        _names_path(language).write_text(names_file(language), encoding="utf-8")
    LICENCE.write_text(cldr_licence(), encoding="utf-8")


def list_path(name: str) -> Path:
    """Return the path of a file of lists."""
    return FOLDER / "lists" / f"{name}.txt"


def _names_path(language: str) -> Path:
    return FOLDER / "names" / f"{language}.toml"


def _windows() -> Iterable[tuple[str, str]]:
    return get_global("windows_zone_mapping").items()


def _wrapped(entries: Iterable[str]) -> str:
    # An entry is never wrapped: its spaces are hidden while the lines are filled.
    whole = " ".join(entry.replace(" ", "\0") for entry in entries)
    return textwrap.fill(whole, width=120, break_long_words=False, break_on_hyphens=False).replace("\0", " ")


def with_versions(source: str) -> str:
    """Return the source of a module with the versions in its docstring brought up to date."""
    release = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").split(maxsplit=3)[2]
    source = re.sub(r"\brelease \d{4}[a-z]+", f"release {release}", source)
    for label, package in {"tzdata": "tzdata", "Babel": "babel"}.items():
        source = re.sub(rf"\b{label} \d+(\.\d+)+", f"{label} {version(package)}", source)
    return source


if __name__ == "__main__":
    main()
