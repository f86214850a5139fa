"""Languages of one's own for tests: a folder with words, and a program that forgets it afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from wtisd_model import findings, locales
from wtisd_model.data import display_names
from wtisd_model.page import write_form

WORDS: Final = """\
language = "eo"
direction = "ltr"

[plurals]
one = "n = 1"

[dates]
weekdays = ["lundo", "mardo", "merkredo", "ĵaŭdo", "vendredo", "sabato", "dimanĉo"]
months = [
    "januaro", "februaro", "marto", "aprilo", "majo", "junio",
    "julio", "aŭgusto", "septembro", "oktobro", "novembro", "decembro",
]
day = "{weekday}, la {day}-a de {month} {year}"
first_of_month = "{day}"
one_day = "{day}, de {start} ĝis {end}"

[labels]
when = "Dato kaj horo"
place = "Loko"
remote_participation = "Malproksima partopreno"
organizer = "Organizanto"
page = "Pliaj informoj"

[steps]
answer = "Bonvolu respondi"

[subjects]
invited = "Invito: {title}"
cancelled = "Nuligita: {title}"

[event]
invited = "Vi estas invitita al ĉi tiu evento."
registered = "Vi estas aliĝinta al ĉi tiu evento, kaj invitita partopreni."
cancelled = "Ĉi tiu evento estas nuligita."

[participation]
registration = "Aliĝo"

[languages]
spoken = "Lingvoj"

[sessions]
keynote = "Ĉefparolado"

[fields]
participant = "Partoprenanto"
name = "Nomo"
country = "Lando"

[choices.boolean]
true = "Jes"
false = "Ne"

[pictures.timetable]
title = "Horaro: {event}"
room = "Ĉambro"

[page]
skip = "Salti al la enhavo"
programme = "Programo"
register = "Aliĝi"
calendar = "Aldoni al kalendaro"
required = "deviga"
send = "Sendi"
"""
"""Some thirty words; the rest is borrowed."""

FINDINGS: Final = """\
suggestion = 'Ĉu vi celis "{suggestion}"? {fix}'

[params.expected]
string = "teksto"

[problem]
titles = { invalid = "La dokumento ne validas." }
detail = "Trovita: {counts}. Korektu la erarojn kaj sendu ĝin denove."
errors = { count = "n", one = "1 eraro", other = "{n} eraroj" }

[key-missing]
message = "Ĉi tio estas deviga."
fix = "Aldonu ĝin."

[key-unknown]
message = "Nekonata ŝlosilo."
fix = "Korektu ĝian nomon, aŭ forigu ĝin."

[wrong-type]
message = "Atendita: {expected}."
fix = "Uzu valoron de ĉi tiu speco."

[text-too-long]
message = { count = "maximum", one = "Pli longa ol 1 signo.", other = "Pli longa ol {maximum} signoj." }
fix = "Mallongigu la tekston."

[value-unknown]
message = "Ne unu el la permesitaj valoroj."

[event-without-slot]
message = { count = "n", other = "x" }
"""
"""The sentences of four codes; a fifth lacks its fix."""

NAMES: Final = """\
[names]
CH = "Svislando"
fr = "franca"

[towns]
"Europe/Zurich" = "Zuriko"
"""


def folder(path: Path, **files: str) -> Path:
    """Return a folder with the files of a language, ``words`` among them unless others are given."""
    path.mkdir(exist_ok=True)
    for name, text in {"words": WORDS, **files}.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def esperanto(path: Path) -> Path:
    """Return a folder with a language that nobody has translated whole."""
    return folder(path, findings=FINDINGS.partition("\n[event-without-slot]")[0], names=NAMES)


def changed(old: str, new: str, text: str = WORDS) -> str:
    """Return the words with a change."""
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Forget the languages that a test adds, and what is remembered of their words."""
    with forgetting():
        yield


@contextmanager
def forgetting() -> Iterator[None]:
    """Forget the languages that are added inside: no program takes one away."""
    added, before = locales._Added, vars(locales._Added).copy()
    try:
        yield
    finally:
        added.by_tag, added.tags = before["by_tag"], before["tags"]
        for cached in (findings._translated, display_names.display_names, write_form._named):
            cached.cache_clear()
