"""`doctor`: the versions at work, what reads payloads, and which time zone database answers."""

import platform
from collections.abc import Iterator
from importlib import metadata

import click

from wtisd_model.cli.streams import escaped, say, write_text
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import ExportError
from wtisd_model.ical.tzif import History, Source, history_of, source_and_version
from wtisd_model.json.native import NATIVE

DEPENDENCIES = ("attrs", "click", "icalendar", "jsonschema", "msgspec", "pendulum", "tzdata")
_PACKAGE = "tzdata"
_WIDTH = 14


@click.command("doctor", short_help="Tell versions and the time zone database.")
@click.pass_context
def tell_versions(ctx: click.Context, /) -> None:
    """Tell the versions of everything at work, what reads payloads, and which time zone database.

    Equal input gives equal files only where the time zone database is equal too. Ends with 1 where something that is
    needed is missing.
    """
    versions = {name: version_of(name) for name in ("wtisd-model", *DEPENDENCIES)}
    python = f"{platform.python_version()} ({platform.python_implementation()}, {platform.system()})"
    in_use, packaged = _source(None), _source(())
    lines = [
        _row("Python", python),
        *(_row(name, version or "not installed") for name, version in versions.items()),
        "",
        _row("payloads", "are read by plain Python" if NATIVE is None else "are read by what was compiled"),
        _row("time zones", _where(in_use)),
        *_compared(in_use, packaged),
    ]
    write_text("".join(f"{line}\n" for line in lines))
    missing = [name for name, version in versions.items() if version is None and name in DEPENDENCIES]
    if missing or in_use is None:
        say("Error: Something is missing; install wtisd-model again.")
        ctx.exit(1)


def version_of(distribution: str) -> str | None:
    """Give the version of what is installed under a name."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _row(name: str, value: str) -> str:
    return f"{name:{_WIDTH}}{escaped(value)}"


def _source(search_path: tuple[str, ...] | None) -> Source | None:
    try:
        return source_and_version(search_path=search_path)
    except ExportError:
        return None


def _where(source: Source | None) -> str:
    if source is None:
        return "none is found"
    place = "the tzdata package" if source.place == _PACKAGE else source.place
    return f"{source.version or 'of an unknown release'}, from {place}"


def _compared(in_use: Source | None, packaged: Source | None) -> Iterator[str]:
    """Say whether the database in use differs from the one that was installed with this package."""
    if in_use is None or packaged is None or in_use.place == _PACKAGE:
        return
    yield _row("", f"The tzdata package has {packaged.version or 'an unknown release'}.")
    zones = [zone for zone in sorted(ZONES) if _clocks(zone, None) != _clocks(zone, ())]
    if not zones:
        yield _row("", "Both give the same times from 1970 to 2199, in all zones.")
        return
    yield _row("", "They differ, somewhere from 1970 to 2199, in:")
    yield from (_row("", f"  {zone}") for zone in zones)
    yield _row("", "To use the package: set PYTHONTZPATH to nothing.")


def _clocks(zone: str, search_path: tuple[str, ...] | None) -> list[tuple[int, int]] | None:
    """List when the clocks of a zone change from 1970 on, and their offsets from UTC; None where they are not known."""
    try:
        history = history_of(zone, search_path=search_path)
    except ExportError:
        return None
    return _changes(history)


def _changes(history: History) -> list[tuple[int, int]]:
    first = history.index_at(0)
    changes = [(0, history.onsets[first].observance.offset)]
    for onset in history.onsets[first + 1 :]:
        if onset.observance.offset != changes[-1][1]:
            changes.append((onset.at, onset.observance.offset))
    return changes
