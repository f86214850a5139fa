"""What fuzzing found worth keeping, tried again without a fuzzer; and what a fuzzer begins with."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import run
from tests.fuzz.importers import sample
from tests.fuzz.mutating import by_token, by_value, dictionary, mutated, mutated_bytes, mutated_lines
from tests.fuzz.mutating_calendar import dictionary as calendar_words
from tests.fuzz.mutating_calendar import mutated_calendar
from tests.fuzz.targets import CALENDARS, EXAMPLES, REPLIES, TARGETS
from tests.hypothesis_profiles import LAW
from wtisd_model.model.documents import DOCUMENTS

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(each for each in CORPUS.glob("*/*") if each.is_file())
REGISTRATION = (EXAMPLES / "registration.json").read_bytes()


class TestCorpus:
    """Whatever a target has met stays a test: its corpus, and each find."""

    @pytest.mark.parametrize("file", KEPT, ids=lambda file: f"{file.parent.name}/{file.name}")
    def test_what_was_kept_is_read_as_promised(self, file: Path) -> None:
        TARGETS[file.parent.name](file.read_bytes())

    def test_there_is_something_of_each_target_and_nothing_else(self) -> None:
        assert {each.parent.name for each in KEPT} == set(TARGETS) == set(run.TARGETS)

    @pytest.mark.parametrize("target", TARGETS)
    def test_the_seeds_are_read_as_promised_and_get_to_the_end(self, target: str, tmp_path: Path) -> None:
        run.seeds(target, tmp_path)
        made = sorted((tmp_path / "corpus").iterdir())
        assert len(made) >= {
            "documents": 5,
            "raw": 5,
            "mappings": 5,
            "leaves": 21,
            "calendars": 5,
            "jcal": 5,
            "replies": 9,
        }.get(target, 1)
        for each in made:
            seconds, megabytes = run.cost(target, each.read_bytes())
            assert seconds < run.MOST_SECONDS
            assert megabytes < run.MOST_MEGABYTES

    @LAW
    @given(st.sampled_from(sorted(TARGETS)), st.binary(max_size=300))
    def test_any_bytes_are_read_as_promised(self, target: str, data: bytes) -> None:
        TARGETS[target](data)

    @LAW
    @given(st.sampled_from(["documents", "mappings"]), st.integers(0, 2**32))
    def test_changed_examples_are_read_as_promised(self, target: str, seed: int) -> None:
        head = run.HEADS[target]
        start = bytes([seed % 13]).ljust(head, b"\0")
        file = EXAMPLES / ("registration.json", "pledge.json", "interpretation-request.json", "event.json")[seed % 4]
        TARGETS[target](mutated(start + file.read_bytes(), run.LONGEST, seed, lambda data, _: data, head))

    @LAW
    @given(st.integers(0, 2**32))
    def test_changed_bytes_are_read_as_promised(self, seed: int) -> None:
        names = ("event", "registration", "interpretation-request", "pledge", "dossier", "roster")
        index = (0, 2, 3, 4, 5, 12)[seed % 6]
        data = bytes([index]) + (EXAMPLES / f"{names[seed % 6]}.json").read_bytes()
        TARGETS["raw"](mutated_bytes(data, run.LONGEST, seed, lambda raw, _: raw, 1))

    @LAW
    @given(st.sampled_from(sorted(run.OF_LINES)), st.integers(0, 2**32))
    def test_changed_calendars_are_read_as_promised(self, target: str, seed: int) -> None:
        file = (CALENDARS if target == "calendars" else REPLIES)[seed % 4]
        head = run.OF_LINES[target]
        start = bytes([seed % 8] * head)
        TARGETS[target](mutated_calendar(start + file.read_bytes(), run.LONGEST, seed, lambda data, _: data, head))

    @LAW
    @given(st.sampled_from(run.FOREIGN), st.integers(0, 2**32))
    def test_changed_documents_of_other_systems_are_read_as_promised(self, target: str, seed: int) -> None:
        TARGETS[target](mutated(sample(target, seed % 24), run.LONGEST, seed, lambda data, _: data, 1))


class TestMutations:
    """A change gives other documents, and the same ones for the same seed."""

    def test_most_changes_stay_json_and_are_not_the_document(self) -> None:
        whole = json.loads(REGISTRATION)
        readable = different = 0
        for seed in range(200):
            changed = mutated(b"\2" + REGISTRATION, run.LONGEST, seed, lambda data, _: data, 1)
            assert changed == mutated(b"\2" + REGISTRATION, run.LONGEST, seed, lambda data, _: data, 1)
            try:
                different += json.loads(changed[1:]) != whole
                readable += 1
            except ValueError:
                pass
        assert readable > 120
        assert different > 100

    @LAW
    @given(st.binary(max_size=200), st.integers(0, 2**32))
    def test_any_bytes_can_be_changed(self, data: bytes, seed: int) -> None:
        assert len(mutated(data, 100, seed, lambda raw, most: raw[:most], 1)) <= 100
        assert len(mutated_bytes(data, 100, seed, lambda raw, most: raw[:most], 1)) <= 100
        assert len(mutated_lines(data, 100, seed, lambda raw, most: raw[:most])) <= 100
        assert len(mutated_calendar(data, 100, seed, lambda raw, most: raw[:most], 1)) <= 100

    @LAW
    @given(st.randoms(use_true_random=False))
    def test_changes_of_changes_end(self, choose: Random) -> None:
        document = REGISTRATION
        for _ in range(3):
            document = by_value(by_token(document, choose), choose)[: run.LONGEST]

    def test_most_changes_of_a_calendar_keep_its_lines_and_the_same_seed_gives_the_same(self) -> None:
        whole = CALENDARS[0].read_bytes()
        changed = [mutated_calendar(whole, run.LONGEST, seed, lambda data, _: data, 0) for seed in range(100)]
        assert changed == [mutated_calendar(whole, run.LONGEST, seed, lambda data, _: data, 0) for seed in range(100)]
        assert sum(each != whole for each in changed) > 80
        assert sum(b"BEGIN:VCALENDAR" in each and b"END:VCALENDAR" in each for each in changed) > 70

    def test_so_has_that_of_calendars_their_properties(self) -> None:
        entries = calendar_words().splitlines()
        assert r'"RECURRENCE\x2dID"' in entries
        assert all(each.isascii() and each[0] == each[-1] == '"' and each[1:-1] for each in entries)

    def test_the_dictionary_has_the_keys_of_every_document(self) -> None:
        entries = dictionary().splitlines()
        assert r'"\x22eventUid\x22"' in entries
        assert all(each.isascii() and each[0] == each[-1] == '"' and each[1:-1] for each in entries)


class TestProgram:
    """``python tests/fuzz/run.py`` fails where something is found."""

    def test_a_target_that_does_not_exist_is_refused(self) -> None:
        ended = subprocess.run(  # noqa: S603 - our own program, in this very interpreter
            [sys.executable, run.__file__, "nothing"], check=False, capture_output=True, timeout=60
        )
        assert ended.returncode == 2
        assert b"no such target" in ended.stderr

    def test_what_is_too_large_a_bite_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "input"
        file.write_bytes(bytes([DOCUMENTS.index(DOCUMENTS[2])]) + REGISTRATION)
        assert run.replay("documents", str(file)) == 0
        monkeypatch.setattr(run, "MOST_SECONDS", 0.0)
        assert run.replay("documents", str(file)) == 1

    @pytest.mark.slow
    @pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="needs the extra fuzz")
    def test_a_second_of_fuzzing_runs(self, tmp_path: Path) -> None:
        fine, told = run.run("clocks", 1, tmp_path)
        assert fine, told
        assert int(told.removesuffix(" inputs").replace(",", "")) > 10
        assert list(tmp_path.iterdir()) == []
