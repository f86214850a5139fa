"""Files of JSON Lines: what is damaged in them, and what is no such file, in every command that reads them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click import UsageError
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import EXAMPLES, here
from tests.hypothesis_profiles import LAW
from wtisd_model.cli.line_files import may_be_lines, parted
from wtisd_model.cli.streams import Incoming

EVENT = EXAMPLES / "event.json"
REGISTRATION = json.loads((EXAMPLES / "registration.json").read_bytes())
REQUEST = json.loads((EXAMPLES / "interpretation-request.json").read_bytes())
PLEDGE = json.loads((EXAMPLES / "pledge.json").read_bytes())

READING = {
    "validate": ("validate", "--lines", "{}"),
    "csv": ("csv", "--lines", "{}"),
    "invite": ("invite", str(EVENT), "{}", "--out", "out"),
    "interpretation": ("interpretation", str(EVENT), "{}"),
    "interpretation --requests": ("interpretation", str(EVENT), "--requests", "{}"),
    "pledges": ("pledges", "--lines", "{}", "--by", "kind", "--on", "2024-01-01"),
}
"""Every command that reads JSON Lines, with the place of the file."""

DOCUMENT = dict.fromkeys(READING, REGISTRATION) | {"interpretation --requests": REQUEST, "pledges": PLEDGE}
"""What each of them reads."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def command(name: str, file: str) -> list[str]:
    return [each.format(file) for each in READING[name]]


class TestDamage:
    """Packed data that ends too early cannot be read: that is 3, as for every file that cannot be read."""

    @pytest.mark.parametrize("name", READING)
    def test_a_file_that_is_cut_off_ends_every_command_with_3(self, name: str) -> None:
        line = f"{json.dumps(DOCUMENT[name])}\n".encode()
        Path("cut.jsonl.gz").write_bytes(gzip.compress(line * 20)[:-4])
        ended = here(*command(name, "cut.jsonl.gz"))
        assert ended.code == 3
        assert "damaged" in ended.err

    @pytest.mark.parametrize("name", READING)
    def test_so_does_one_that_is_only_called_so(self, name: str) -> None:
        Path("plain.jsonl.gz").write_bytes(json.dumps(DOCUMENT[name]).encode())
        assert here(*command(name, "plain.jsonl.gz")).code == 3

    @pytest.mark.parametrize("name", ["interpretation", "interpretation --requests", "pledges"])
    def test_there_is_no_plan_and_no_total_of_a_part(self, name: str) -> None:
        line = f"{json.dumps(DOCUMENT[name])}\n".encode()
        Path("cut.jsonl.gz").write_bytes(gzip.compress(line * 3)[:-4])
        ended = here(*command(name, "cut.jsonl.gz"))
        assert (ended.code, ended.out) == (3, b"")
        assert ended.err == (
            "Error: Cannot read cut.jsonl.gz from line 4 on: no gzip, damaged or cut off. Fetch the file again.\n"
        )


ARRAY = "a JSON array, and not JSON Lines, a document in each line. Make it such: `jq -c '.[]'` does."
OBJECT = (
    "one JSON document over several lines, and not JSON Lines, a document in each line. Make it such: `jq -c .` does."
)


class TestDocuments:
    """A document over many lines is said to be one, once: not a line at a time, each of which would be no JSON."""

    @pytest.mark.parametrize("name", READING)
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (json.dumps([REGISTRATION]), ARRAY),
            (json.dumps([REGISTRATION, REGISTRATION], indent=2), ARRAY),
            (json.dumps([REGISTRATION, REGISTRATION]).replace(", {", ",\n{"), ARRAY),
            (f"\n\n{json.dumps(REGISTRATION, indent=2)}", OBJECT),
            (json.dumps(REGISTRATION).replace(", ", ",\n"), OBJECT),
            (f'{{"registrations": [\n{json.dumps(REGISTRATION)}\n]}}', OBJECT),
        ],
    )
    def test_it_is_one_error_in_every_command(self, name: str, content: str, said: str) -> None:
        for file, raw in (("a.json", content.encode()), ("a.jsonl.gz", gzip.compress(content.encode()))):
            Path(file).write_bytes(raw)
            ended = here(*command(name, file))
            assert (ended.code, ended.out) == (2, b"")
            assert ended.err.splitlines()[-1] == f"Error: {file} is {said}"
            assert not Path("out").exists() or [*Path("out").iterdir()] == []

    def test_where_the_type_is_given_too(self) -> None:
        ended = here("validate", "-", "--lines", "--as", "registration", stdin=b"[\n{}\n]")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.endswith(f"\nError: standard input is {ARRAY}\n")

    @pytest.mark.parametrize("first", [b"{", b"[]", b"[", b'{"id": "r-1",', b'{"id": "r-1", "eventUid', b"nothing"])
    def test_a_first_line_that_is_broken_is_a_line_all_the_same(self, first: bytes) -> None:
        second = json.dumps(REGISTRATION).encode()
        ended = here("validate", "-", "--lines", stdin=b"\n".join([first, second, second]))
        assert (ended.code, ended.err) == ((2, ended.err) if first == b"[" else (1, ""))


MEMBERS = st.dictionaries(
    st.text(max_size=3),
    st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
    max_size=3,
)


def are_lines(raw: bytes) -> bool:
    """Tell whether bytes are taken for JSON Lines."""
    Path("drawn").write_bytes(raw)
    with Incoming("drawn") as incoming:
        try:
            assert b"\n".join(piece for part in parted(incoming, "event")[1] for piece in part.pieces) in {
                raw,
                raw.removesuffix(b"\n"),
            }
        except UsageError:
            return False
    return True


class TestLaws:
    """Whatever objects there are, lines of them are lines, and one that is indented, or an array of them, is not."""

    @LAW
    @given(st.lists(MEMBERS, max_size=4))
    def test_lines_are_lines(self, objects: list[dict[str, Any]]) -> None:
        assert are_lines(b"".join(json.dumps(each).encode() + b"\n" for each in objects))

    @LAW
    @given(st.lists(MEMBERS, min_size=1, max_size=4), st.none() | st.integers(0, 4))
    def test_an_array_is_none(self, objects: list[dict[str, Any]], indent: int | None) -> None:
        assert not are_lines(json.dumps(objects, indent=indent).encode())

    @LAW
    @given(MEMBERS.filter(bool), st.integers(0, 4))
    def test_an_object_over_several_lines_is_none(self, members: dict[str, Any], indent: int) -> None:
        raw = json.dumps(members, indent=indent).encode()
        assert not are_lines(raw)
        assert not may_be_lines(raw)
