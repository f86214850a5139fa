"""`language`: the files of a language of one's own, begun and checked."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import click

from wtisd_model.cli import console, params, report
from wtisd_model.data.zones import ZONES
from wtisd_model.types.own_language import FINDINGS, NAMES, WORDS, read_language, require_own_language

_HEAD: Final = """\
# {tag}: take away "# " before a line and translate what stands in quotation marks. The rest is in English until then.
# What is in braces, such as {{title}}, stays as it is, and may stand elsewhere in the sentence.
"""


@params.command("language")
@params.argument("folder", metavar="DIR", type=params.OUTPUT, meaning="The folder with the words of the language.")
@click.option("--new", "tag", metavar="TAG", help="Begin this language, such as nl, in the folder: write its files.")
def prepare_language(folder: Path, tag: str | None) -> None:
    """Say what is wrong in the files of a language, and list what is missing; with --new, write them.

    words.toml and findings.toml have each English word in a comment. What Unicode CLDR knows is filled in, and
    names.toml written, if Babel is installed. No file is written again. Use the folder with --language-dir, or
    add_language in Python.

    Exit codes: 0 no errors, whether or not words are missing; 1 errors.
    """
    if tag is not None:
        _begin(folder, tag)
    with report.refusals_of_folder(str(folder)):
        known, language = read_language(folder)
    if tag is None:
        console.write_text("".join(f"{path}\n" for path in language.missing))
    missing = f"{console.counted(len(language.missing), 'word')} missing, shown in {language.base}"
    console.say(f"{console.name_of(str(folder))}: {known}, {missing if language.missing else 'complete'}.")


def _begin(folder: Path, tag: str) -> None:
    with report.refusals(""):
        require_own_language(tag, "/language")
    if (folder / WORDS).exists():
        with report.refusals_of_folder(str(folder)):
            there, _ = read_language(folder)
        if there != tag:
            raise click.UsageError(f"{console.name_of(str(folder))} has the words of another language: {there}.")
    cldr = _cldr(tag)
    console.make_folder(folder)
    known = {} if cldr is None else dict(_known(cldr))
    for name, source in ((WORDS, "en.toml"), (FINDINGS, "findings/en.toml")):
        if not (folder / name).exists():
            english = files("wtisd_model.locales").joinpath(source).read_text(encoding="utf-8")
            head = f'language = "{tag}"\n' if name == WORDS else ""
            written = _HEAD.format(tag=tag) + head + "".join(_to_translate(english, known))
            console.deliver(written.encode(), folder / name)
    if cldr is not None and not (folder / NAMES).exists():
        console.deliver(_names(cldr).encode(), folder / NAMES)


def _cldr(tag: str) -> Any:
    """Return what Babel has of Unicode CLDR about a language, or None if it is not there, which is said."""
    try:
        from babel import Locale, UnknownLocaleError  # no other command needs it
    except ImportError:
        console.say("No names of languages and countries without Babel: pip install babel.")
        return None
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        console.say("Unicode CLDR has no names in this language.")
        return None


_KEY: Final = re.compile(r'([\w-]+|"[^"]*") = ')


def _to_translate(english: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a file with each word in a comment, but for those that are *known*."""
    table, replaces = "", False
    for line in english.splitlines(keepends=True)[1:]:  # the first says what the English file is
        key = _KEY.match(line)
        if line.startswith("["):
            table, replaces = line[1 : line.index("]")], False
            yield line
            if table in known:
                yield known[table]
        elif key is not None:
            replaces = f"{table}.{key[1]}" in known or table in known
            if table not in known:
                yield f"{key[1]} = {known[f'{table}.{key[1]}']}\n" if replaces else f"# {line}"
        elif line.startswith(("#", "\n")):
            yield line
        elif not replaces:  # a list goes on
            yield f"# {line}"


def _known(cldr: Any) -> Iterator[tuple[str, str]]:
    """Yield what CLDR knows of a language, as TOML, by the keys of ``words.toml``, or by a whole table."""
    yield ".direction", _toml(cldr.text_direction)
    yield "plurals", "".join(f"{category} = {_toml(rule)}\n" for category, rule in plural_rules(cldr.plural_form.rules))
    yield "dates.weekdays", _toml([cldr.days["format"]["wide"][day] for day in range(7)])
    yield "dates.months", _toml([cldr.months["format"]["wide"][month] for month in range(1, 13)])
    numbers = cldr.number_symbols["latn"]
    yield "numbers.group", _toml(numbers["group"])
    yield "numbers.decimal", _toml(numbers["decimal"])


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# Of a whole number, these operands of CLDR are 0: how many decimals it has, and which, and its exponent.
_OF_DECIMALS: Final = frozenset("vwftce")
_RELATION: Final = re.compile(r"(\w)( mod \d+)? (not in|in) (\S+)")


def plural_rules(rules: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the plural rules of CLDR, as Babel writes them, for whole numbers, as ``words.toml`` has them."""
    for category, rule in rules.items():
        parts = [_relations(part) for part in rule.split(" or ")]
        written = [" and ".join(part) for part in parts if part]
        if written:
            yield category, " or ".join(written)


def _relations(part: str) -> list[str] | None:
    """Return the relations that a whole number has to meet; None if none can."""
    written = list[str]()
    for operand, modulus, operator, ranges in _RELATION.findall(part):
        if operand in _OF_DECIMALS:
            is_in = any(int(first) == 0 for first in re.findall(r"(?:^|,)(\d+)", ranges))
            if is_in is (operator == "not in"):
                return None
        else:
            written.append(f"n{modulus.replace('mod', '%')} {'=' if operator == 'in' else '!='} {ranges}")
    return written


def _names(cldr: Any) -> str:
    """Return the file with the names of languages, scripts, countries and regions, and of the towns of time zones."""
    tags = {tag.replace("_", "-"): name for tag, name in cldr.languages.items()}
    towns = {zone: names["city"] for zone, names in cldr.time_zones.items() if zone in ZONES and "city" in names}
    written = "# Unicode CLDR, from Babel; wtisd-model language writes this file.\n"
    for table, names in (("names", {**tags, **cldr.scripts, **cldr.territories}), ("towns", towns)):
        written += f"\n[{table}]\n" + "".join(
            f"{_toml(code)} = {_toml(name)}\n" for code, name in sorted(names.items())
        )
    return written
