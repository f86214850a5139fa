"""All that people look at, for Chromium and a checker of HTML; ``python -m tests.outside.looks FOLDER`` keeps pictures.

It needs what the session `outside` of noxfile.py installs, ``NODE_PATH``, and the fonts in `FONTS`.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve

import wtisd_model as wm
from tests.outside.node import node, node_modules
from tests.samples.letters import IMAGE, kinds
from wtisd_model import invitation, pictures
from wtisd_model.markup import theme

FORUM = Path(__file__).parents[2] / "docs" / "gallery" / "forum.json"
WIDTHS = (360, 768, 1366)
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans")
"""The fonts in which everything must fit; letters of a script that one lacks are those of Noto Sans for it."""
LANGUAGES = ("ar", "en")
OTHER_LANGUAGES = ("de", "es", "fr", "pt", "ru", "zh")
LONGEST = "de"
"""The language with the longest words."""
LOGO = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='900'%20height='90'/%3E"
MADE, SENT = (datetime(2026, 12, day, 9, tzinfo=UTC) for day in (1, 2))


def forum() -> wm.Dossier:
    """Return the forum of the gallery, with titles in Arabic too."""
    whole = wm.from_json(wm.Dossier, FORUM.read_bytes())

    def with_arabic(title: wm.LocalizedText, arabic: str) -> wm.LocalizedText:
        return evolve(title, translations={"ar": arabic})

    sessions = (
        evolve(each, title=with_arabic(each.title, f"جلسة عن البيانات المفتوحة، رقم {number}"))
        for number, each in enumerate(whole.event.sessions, 1)
    )
    event = evolve(
        whole.event, title=with_arabic(whole.event.title, "منتدى البيانات المفتوحة"), sessions=tuple(sessions)
    )
    return evolve(whole, event=event)


def documents(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file: the pictures, the web page, and mails."""
    whole = forum()
    drawn = {
        "timetable": pictures.timetable(whole, language=language),
        "coverage": pictures.coverage(whole, language=language),
        **{
            f"registrations-{each}": pictures.registrations(whole, by=each, language=language)
            for each in ("country", "session")
        },
        "pledges": pictures.pledges(wm.totals(whole.pledges, by="focus-area", on=SENT.date()), language=language),
    }
    for name, picture in drawn.items():
        yield f"{name}.svg", picture.svg
        yield f"{name}.html", picture.html
    for name, event in (("forum", whole), ("wtisd-23", wm.wtisd_23())):
        pages = {each: f"{each}-page-{name}.html" for each in LANGUAGES}
        page = wm.to_html(event, language=language, calendar="data", alternates=pages, stamped=MADE)
        yield f"page-{name}.html", page.decode()
    for name, message in _messages(whole, language):
        mail = invitation.mail(message, sender="Desk 1 <desk1@example.org>", zone="Africa/Ndjamena")
        html = mail.get_body(("html",))
        assert html is not None
        yield f"mail-{name}.html", html.get_content()
    yield from letters(language)


def letters(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of a letter of each kind, with a logo that does not have to be loaded."""
    for name, letter in kinds(language):
        html = letter.mails(sender="Desk 1 <desk1@example.org>")[0].get_body(("html",))
        assert html is not None
        yield f"letter-{name}.html", html.get_content().replace(IMAGE, LOGO)


def _messages(whole: wm.Dossier, language: str) -> Iterator[tuple[str, invitation.Message]]:
    """Yield an invitation, and what follows when a session moves and when the event is cancelled."""
    event = whole.event
    contact = wm.Contact(name="Participant 1", email="participant1@example.org")
    person = evolve(whole.registrations[0], participant=contact, session_ids=frozenset({"maps"}))
    before = evolve(whole, registrations=(person,))
    slot = wm.TimeSlot.at("2027-03-04T14:00", "15:00", "Africa/Lagos")
    sessions = tuple(each.reschedule(slot, at=SENT) if each.id == "maps" else each for each in event.sessions)
    moved = evolve(before, event=event.revised(at=SENT, sessions=sessions))
    cancelled = evolve(before, event=event.cancel(at=SENT))
    yield "invitation", invitation.invite(event, person, stamped=MADE, language=language)
    yield "moved", next(invitation.updates(before, moved, stamped=SENT, by_session=True, language=language))
    yield "cancelled", next(invitation.updates(before, cancelled, stamped=SENT, language=language))


def write_documents(folder: Path) -> list[Path]:
    """Write every document in two languages, all but letters in German, and wide letters in each; return the files."""
    written = []
    for language in LANGUAGES:
        for name, content in documents(language):
            file = folder / f"{language}-{name}"
            file.write_text(content, encoding="utf-8")
            written.append(file)
    for language in OTHER_LANGUAGES:
        for name, content in documents(language) if language == LONGEST else letters(language):
            if not name.startswith("letter-") or any(wide in name for wide in ("programme", "shared")):
                file = folder / f"{language}-{name}"
                file.write_text(content, encoding="utf-8")
                written.append(file)
    return written


def problems_in_chromium(files: Iterable[Path], font: str, folder: Path, *, keep: bool = False) -> list[str]:
    """Return what is cut off and what is loaded, at each width, in light, in dark and printed.

    With the first of `FONTS` it also returns what axe-core finds, since that depends on no font and takes long.

    Args:
        files: the documents.
        font: that in which they are shown.
        folder: for the settings of the font and, with *keep*, for pictures of what is shown.
        keep: True to keep these pictures.
    """
    task = {
        "files": [str(each.resolve()) for each in files],
        "widths": WIDTHS,
        "audit": font == FONTS[0],
        "pictures": str(folder) if keep else None,
    }
    problems: list[str] = _in_font("looks.mjs", task, font, folder)
    return problems


def widths_in_chromium(texts: Sequence[str], font: str, folder: Path) -> dict[str, list[float]]:
    """Return the width of each text at 100 pixels, by the weight of the font: 400 or 600."""
    widths: dict[str, list[float]] = _in_font("widths.mjs", {"texts": texts, "families": theme.FONTS}, font, folder)
    return widths


def _in_font(script: str, task: Mapping[str, object], font: str, folder: Path) -> Any:
    """Return what a script prints that shows something in Chromium; it fails where either is missing."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing"
    settings = folder / "fonts.conf"
    settings.write_text(_only(font, folder), encoding="utf-8")
    browser = {"chromium": chromium, "font": font, "env": {"FONTCONFIG_FILE": str(settings)}}
    return json.loads(node(script, json.dumps({**task, **browser}).encode()))


def _only(font: str, cache: Path) -> str:
    """Return settings of fontconfig with one font, whatever else is installed, and what it lacks from Noto Sans."""
    files = "".join(f"<glob>*/{each}*</glob>" for each in (font.replace(" ", ""), "NotoSans"))
    # By family: a pattern of files cannot tell Noto Sans from Noto Sans Arabic.
    others = "".join(
        f'<pattern><patelt name="family"><string>{each}</string></patelt></pattern>' for each in FONTS if each != font
    )
    return f"""<fontconfig>
      <dir>/usr/share/fonts</dir>
      <cachedir>{cache}</cachedir>
      <selectfont><rejectfont><glob>*</glob>{others}</rejectfont><acceptfont>{files}</acceptfont></selectfont>
      <match><edit name="family" mode="append_last" binding="strong"><string>{font}</string></edit></match>
    </fontconfig>"""


def problems_of_markup(files: Iterable[Path]) -> list[str]:
    """Return what the Nu HTML checker finds, warnings included."""
    java = shutil.which("java")
    assert java, "java is missing"
    checker = node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [java, "-jar", str(checker), "--also-check-svg", "--no-langdetect", "--format", "gnu", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603 - a fixed program, and files of ours
    return result.stderr.splitlines()


if __name__ == "__main__":
    for family in FONTS:
        target = Path(sys.argv[1]) / family
        target.mkdir(parents=True)
        found = problems_in_chromium(write_documents(target), family, target, keep=True)
        sys.stderr.writelines(f"{family}: {each}\n" for each in found)
