"""The rules of the surface (decision 41): they hold for every function at a door, and for those to come."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

import wtisd_model as wm
from tests.gates.doors import doors, public_names
from tests.samples.whole import dossier
from tests.samples.wtisd import STAMPED
from wtisd_model import exports, formats, invitation, page, pictures, planning

ROOMS = (exports, formats, invitation, page, pictures, planning)
WRITERS: list[Callable[..., Any]] = [getattr(wm, name) for name in wm.__all__ if name.startswith("to_")]
READERS: list[Callable[..., Any]] = [getattr(wm, name) for name in wm.__all__ if name.startswith("from_")]
DOCUMENT_READERS = [each for each in READERS if each is not wm.from_csv]
OF_EVENTS = [each for each in WRITERS if next(iter(signature(each).parameters)) == "event"]


def with_other_arguments(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return a reader that needs only its source."""
    given = {"event": dossier().event, "mode": "remote", "modes": {}}
    parameters = signature(read).parameters
    needed = {name: value for name, value in given.items() if name in parameters}
    return partial(read, *([wm.Event] if "cls" in parameters else []), **needed)


class TestDoors:
    """Each name is imported from one module, and every reader and writer from `wtisd_model`."""

    def test_every_reader_and_writer_is_at_the_top(self) -> None:
        assert {name for name in public_names() if name.startswith(("to_", "from_"))} - {*wm.__all__} == set()

    def test_a_thing_has_one_door(self) -> None:
        things = Counter(id(getattr(module, name)) for module in (wm, *ROOMS) for name in module.__all__)
        assert [count for count in things.values() if count > 1] == []

    def test_the_pages_teach_no_other_door(self) -> None:
        promised = {"wtisd_model", *(room.__name__ for room in ROOMS), "wtisd_model.planning.results"}
        others = doors() - promised - {"wtisd_model.strategies"}
        assert {name for name in others if not name.startswith("wtisd_model.integrations.")} == set()


class TestWriters:
    """What is said to one writer is said to all of them."""

    @pytest.mark.parametrize("write", OF_EVENTS, ids=lambda write: write.__name__)
    def test_an_event_is_taken_with_its_dossier_or_without(self, write: Callable[..., Any]) -> None:
        stamped = {"stamped": STAMPED} if {"stamped", "options"} & {*signature(write).parameters} else {}
        alone = wm.Dossier(event=dossier().event)
        assert write(alone, **stamped) == write(alone.event, **stamped)

    def test_a_version_is_a_string(self) -> None:
        options = [signature(each).parameters.get("version") for each in WRITERS]
        assert {type(option.default) for option in options if option is not None} == {str}

    def test_a_language_that_is_none_is_that_of_the_event(self) -> None:
        """A writer whose language may be None takes an event."""
        options = [signature(write).parameters for write in WRITERS]
        taking = [each for each in options if "language" in each and each["language"].default is None]
        assert [each for each in taking if "event" not in each] == []


class TestReaders:
    """What is said to one reader is said to all of them."""

    def test_what_is_read_has_one_word(self) -> None:
        """JSON of ours is a payload."""
        firsts = {each: next(name for name in signature(each).parameters if name != "cls") for each in READERS}
        assert {name for read, name in firsts.items() if read is not wm.from_json} == {"source"}
        assert firsts[wm.from_json] == [*signature(wm.validate).parameters][1] == "payload"

    def test_limits_are_an_object(self) -> None:
        taking: list[Callable[..., Any]] = [*READERS, wm.validate, wm.validate_lines]
        limits = [signature(each).parameters["limits"].default for each in taking]
        assert [each for each in limits if not isinstance(each, wm.Limits | wm.CalendarLimits)] == []

    @pytest.mark.parametrize("read", DOCUMENT_READERS, ids=lambda read: read.__name__)
    def test_what_is_too_large_is_a_payload_error(self, read: Callable[..., Any]) -> None:
        limits = type(signature(read).parameters["limits"].default)(bytes=10)
        with pytest.raises(wm.PayloadError) as caught:
            with_other_arguments(read)(b" " * 11, limits=limits)
        assert [found.code for found in caught.value.findings] == [wm.Code.PAYLOAD_TOO_LARGE]

    @pytest.mark.parametrize("read", DOCUMENT_READERS, ids=lambda read: read.__name__)
    def test_a_text_is_content(self, read: Callable[..., Any]) -> None:
        said = set()
        for source in ("event.json", b"event.json"):
            with pytest.raises(wm.ModelError) as caught:
                with_other_arguments(read)(source)
            said.add(str(caught.value))
        assert len(said) == 1

    @pytest.mark.parametrize("read", [wm.from_csv, wm.validate_lines], ids=lambda read: read.__name__)
    def test_a_path_is_a_file(self, read: Callable[..., Any], tmp_path: Path) -> None:
        path = tmp_path / "lines"
        path.write_text("id\n{}\n", encoding="utf-8")
        assert [*read(wm.Session, path)] == [*read(wm.Session, path.read_text(encoding="utf-8"))]
        with pytest.raises(FileNotFoundError):
            read(wm.Session, tmp_path / "none")
