"""The payloads of the comparison are what it says they are: none of its libraries is needed to tell."""

import json
import re
from itertools import islice
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.benchmarks.agreement import matched
from tests.benchmarks.breakages import KINDS, Kind
from tests.benchmarks.payloads import LANGUAGES, Bad, bad, documents, good, rows, write_lines
from tests.benchmarks.peers import forms
from tests.benchmarks.peers.plain import built
from tests.benchmarks.peers.rules import broken
from tests.benchmarks.referee import places
from tests.laws import LAW
from wtisd_model import Code, Nature, Outcome, Registration, Validator, json_schema, schema_validator, to_json
from wtisd_model.findings import pointer
from wtisd_model.nodes import compiled

SEED = 7
GOOD = good(500, seed=SEED)
BAD = bad(500, seed=SEED)

ALPHABET = "aé参\n\t \u00a0\u200b\u2028\u202e\ufeff\u3164\x85\ud800\U000e0001"
REPLACED = ("iw", "zh-guoyu", "sgn-BR", "sgn-CH-DE", "art-lojban", "fra", "zh-Hans-guoyu", "en-1abc", "i-klingon")

judge = Validator(Registration)
referee = schema_validator(Registration)


def accepts(pattern: str, text: str) -> bool:
    """Tell whether a text has a form."""
    return compiled(pattern).search(text) is not None


def of_kind(name: str) -> Bad:
    """Break a good document in this one way."""
    kind = next(each for each in KINDS if each.name == name)
    choose = Random(name)
    for document in documents(50, seed=SEED):
        if "purgedAt" in document:
            continue
        found = frozenset(kind.apply(document, choose))
        if found:
            nothing = frozenset[str]()
            shape, invariants = (nothing, found) if kind.invariant else (found, nothing)
            return Bad(json.dumps(document).encode(), document, (name,), shape, invariants)
    raise AssertionError(name)


class TestGoodPayloads:
    """They are realistic: about 550 bytes, six in ten names not ASCII, half of them with all that the office adds."""

    def test_all_are_accepted_by_us_and_by_the_published_schema(self) -> None:
        assert [judge(raw).findings for raw in GOOD if not judge(raw).ok] == []
        assert [raw for raw in GOOD if not referee.is_valid(json.loads(raw))] == []

    def test_the_same_seed_gives_the_same_ones_and_another_seed_others(self) -> None:
        assert good(500, seed=SEED) == GOOD
        assert not {*GOOD} & {*good(500, seed=SEED + 1)}

    def test_they_are_what_is_given_as_mappings(self) -> None:
        assert [json.loads(raw) for raw in GOOD] == list(documents(500, seed=SEED))

    def test_size_and_scripts(self) -> None:
        assert 500 < mean(map(len, GOOD)) < 600
        names = [json.loads(raw).get("participant", {}).get("name", "") for raw in GOOD]
        assert 0.5 < mean(not name.isascii() for name in names) < 0.7

    def test_every_field_of_a_registration_is_in_some(self) -> None:
        assert {key for raw in GOOD for key in json.loads(raw)} == {*json_schema(Registration)["properties"]}

    def test_what_the_office_stored_is_written_as_we_write_it_but_for_moments(self) -> None:
        moment = re.compile(rb'"[0-9]{4}-[0-9T:.+-]+Z?"')
        stored = [
            raw for raw in GOOD if raw.startswith(b'{"@type"') and raw.decode().isprintable() and b"\\" not in raw
        ]
        assert len(stored) > 100
        for raw in stored:
            value = judge(raw).value
            assert value is not None
            assert moment.sub(b"?", to_json(value)) == moment.sub(b"?", raw)


class TestBadPayloads:
    """Each has one to four things wrong with it, and it is known where."""

    def test_all_are_refused_for_exactly_what_was_broken(self) -> None:
        for each in BAD:
            outcome: Outcome[Registration] = judge(each.raw)
            assert outcome.value is None
            assert sorted(found.path for found in outcome.findings) == sorted(each.places), each.kinds

    def test_the_published_schema_sees_what_a_schema_can_see(self) -> None:
        for each in BAD:
            if each.document is not None:
                assert places(referee.iter_errors(each.document)) == each.shape, each.kinds

    @pytest.mark.parametrize("name", [kind.name for kind in KINDS])
    def test_every_kind_is_refused_where_it_is_broken(self, name: str) -> None:
        each = of_kind(name)
        findings = judge(each.raw).findings
        assert sorted(found.path for found in findings) == sorted(each.places)
        assert places(referee.iter_errors(each.document)) == each.shape
        assert {found.path for found in findings if Code(found.code).nature is Nature.SHAPE} == each.shape

    def test_there_are_many_kinds_and_some_are_cut_off(self) -> None:
        assert len({kind.name for kind in KINDS}) == len(KINDS) >= 30
        assert sum(each.document is None for each in BAD) == len(BAD) // 50
        assert {len(each.kinds) for each in BAD} == {1, 2, 3, 4}

    def test_no_two_breakages_of_a_document_touch_the_same_field(self) -> None:
        touches = {kind.name: kind.touches for kind in KINDS}
        for each in BAD:
            fields = [field for name in each.kinds for field in touches.get(name, ())]
            assert len(fields) == len({*fields}), each.kinds


class TestLines:
    """One line in a hundred is bad."""

    @pytest.mark.slow
    def test_one_in_a_hundred_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "registrations.jsonl"
        write_lines(path, 1_000, seed=SEED)
        lines = path.read_bytes().splitlines()
        assert lines == list(islice(rows(seed=SEED), 1_000))
        assert [number for number, line in enumerate(lines, 1) if not judge(line).ok] == list(range(100, 1_001, 100))


class TestRulesOfThePeers:
    """The same rules, written anew for them in other words."""

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.invariant], ids=lambda kind: kind.name)
    def test_their_rules_between_fields_find_what_was_broken(self, kind: Kind) -> None:
        each = of_kind(kind.name)
        assert each.document is not None
        assert {pointer(*place) for place, _ in broken(built(each.document))} == each.invariants

    def test_they_find_nothing_in_a_good_one(self) -> None:
        assert [found for document in documents(500, seed=SEED) for found in broken(built(document))] == []

    @LAW
    @given(st.text(ALPHABET, max_size=8))
    @example("x\n")
    @example("\u200bx")
    @example("x\u200b")
    def test_their_forms_of_texts_accept_what_the_published_ones_do(self, text: str) -> None:
        for published, quick in (
            (forms.PROPERTIES["organization"], forms.NAME),
            (forms.PROPERTIES["privacyNotice"], forms.LINE),
            (forms.TRANSITION["note"], forms.NOTE),
        ):
            assert accepts(quick, text) is accepts(published["pattern"], text)

    @LAW
    @given(st.from_regex(r"\A[a-z]{2,3}(-[A-Za-z]{2,8})*\Z") | st.sampled_from([*LANGUAGES, *REPLACED]))
    @example("fr\n")
    def test_their_form_of_language_tags_accepts_what_the_published_one_does(self, tag: str) -> None:
        assert accepts(forms.QUICK_LANGUAGE, tag) is accepts(forms.LANGUAGE, tag)

    @LAW
    @given(st.from_regex(r"\A[a-z.]{1,66}@([a-z0-9-]{1,3}\.?){1,3}\Z"))
    @example(f"{'p' * 64}@example.org")
    @example(f"{'p' * 65}@example.org")
    @example("p@example.1org")
    def test_their_form_of_addresses_accepts_what_the_published_one_does(self, address: str) -> None:
        theirs = accepts(forms.LOCAL_PART, address) and accepts(forms.ADDRESS, address)
        assert theirs is accepts(forms.EMAIL, address)


class TestAgreement:
    """A peer is told what it finds, and a finding one step further out counts once."""

    @pytest.mark.parametrize(
        ("places", "said", "counted"),
        [
            (["/a", "/b"], ["/a", "/b"], (2, 0)),
            (["/a/1", "/b"], ["/a"], (1, 0)),
            (["/a/1", "/a/2"], ["/a"], (1, 0)),
            (["/a", "/b"], [""], (1, 0)),
            (["/a"], ["/a", ""], (1, 1)),
            (["/a/1/b"], ["/a"], (0, 1)),
            ([""], [""], (1, 0)),
            (["/a"], [], (0, 0)),
        ],
    )
    def test_places_are_matched(self, places: list[str], said: list[str], counted: tuple[int, int]) -> None:
        assert matched(places, said) == counted
