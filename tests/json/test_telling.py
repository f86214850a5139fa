"""Telling: of a bad document the same is said, in the same order and words, as by a plain walk over its class."""

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.payloads import bad
from tests.hypothesis_profiles import LAW
from tests.json.engines import ENGINES
from tests.json.entry_points import ROOMY, all_doubt, each_engine, slow_validator, slowly, validator, written
from tests.json.test_agreement import NASTY, WHOLE, changed, distinct_places, without
from wtisd_model.codes import Code
from wtisd_model.findings import MOST_COUNTED, MOST_FINDINGS
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import validate
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session

NOW = datetime(2023, 4, 13, 8, 15, 0, 250_000, tzinfo=UTC)


def told_alike(cls: type, document: dict[str, Any]) -> Outcome[Any]:
    """Ask the walk about a document, and a validator with each engine, as a dict and as its JSON."""
    outcome = slowly(cls, document)
    for engine in ENGINES:
        judge = validator(engine, cls)
        assert judge(document) == outcome
        assert judge(written(document)) == outcome
    return outcome


def spoilt(cls: type, choose: Random) -> dict[str, Any]:
    """Break a document in many places at once, and shuffle its keys."""
    document = WHOLE[cls]
    for place in choose.choices(list(distinct_places(document)), k=12):
        try:
            match choose.randrange(4):
                case 0:
                    document = without(document, place)
                case 1 if isinstance(place[-1], str):
                    document = changed(document, (*place[:-1], f"{place[-1]}s"), 1)
                case _:
                    document = changed(document, place, choose.choice(NASTY))
        except (AttributeError, KeyError, IndexError, TypeError):  # it stood in something that was broken before
            continue
    keys = list(document)
    choose.shuffle(keys)
    whole: dict[str, Any] = json.loads(
        json.dumps({key: document[key] for key in keys})
    )  # an index may have become a key
    return whole


class TestEveryFinding:
    """Every finding of every place, in the order of the document, and after them the rules that can still be asked."""

    def test_payloads_with_one_to_four_mistakes(self) -> None:
        for each in bad(300, seed=3):
            if each.document is not None:
                assert told_alike(Registration, each.document).value is None, each.kinds

    @LAW
    @given(st.sampled_from(DOCUMENTS), st.integers(0, 2**32))
    def test_a_document_in_which_nearly_everything_is_wrong(self, cls: type, seed: int) -> None:
        told_alike(cls, spoilt(cls, Random(seed)))

    @pytest.mark.parametrize("items", [None, 5, {}, [None], [5], [[]], [None, {}, 5, {}], [{}] * 1001], ids=str)
    def test_a_list_in_which_parts_are_none(self, items: Any) -> None:
        for key in ("sessions", "history", "previousSlots", "locations"):
            told_alike(Event, {**WHOLE[Event], key: items})

    @each_engine
    def test_no_two_findings_share_what_can_be_changed(self, engine: str) -> None:
        for cls in DOCUMENTS:
            document: dict[str, Any] = {**dict.fromkeys(WHOLE[cls], 1), "zzz": None, "@type": 1}
            document |= {key: [1, "!", None] for key, each in WHOLE[cls].items() if isinstance(each, list)}
            found = [each for _ in range(2) for each in validator(engine, cls)(document).findings]
            assert len({*map(id, found)}) == len({id(each.params) for each in found}) == len(found)

    def test_what_comes_behind_a_hundred_doubts_is_told_too(self) -> None:
        session = WHOLE[Event]["sessions"][0]
        broken = [{**session, "id": " "}] * MOST_FINDINGS
        outcome = told_alike(Event, {**WHOLE[Event], "sessions": [*broken, session, None, 5, {**session, "zzz": 1}]})
        assert (len(outcome.findings), outcome.omitted) == (MOST_FINDINGS, 3)


STEP = {"at": "2023-04-14T09:00:00Z", "before": "pending", "after": "approved"}
DECLINED = {"at": "2023-04-14T09:00:00Z", "before": "requested", "after": "declined"}
LETTER = WHOLE[Event]["documents"][0]
TEAM = {"booths": 2, "heads": 4, "norm": "aiic"}

ALONE: tuple[tuple[type, dict[str, Any]], ...] = (
    *((Registration, {key: "x"}) for key in ("waitlistedAt", "checkedInAt", "purgedAt")),
    *((Registration, {"history": [without(STEP, (key,))], "state": "approved"}) for key in STEP),
    *((Registration, {"history": [{**STEP, key: "\t"}], "state": "approved"}) for key in (*STEP, "by", "note")),
    (Registration, {"history": [{**STEP, "after": "attended"}], "state": "attended"}),
    *((cls, {"history": [DECLINED]}) for cls in (Event, Session, InterpretationRequest, Pledge)),
    *((cls, {"history": [{}]}) for cls in (Event, Session, InterpretationRequest, Pledge)),
    *((cls, {"previousSlots": [{}]}) for cls in (Event, Session)),
    *((Session, {"slot": {**WHOLE[Session]["slot"], key: "x"}}) for key in (*WHOLE[Session]["slot"], "startRepeated")),
    (Session, {"slot": {**WHOLE[Session]["slot"], "endRepeated": "x"}}),
    *((cls, {"history": [{**STEP, "before": "scheduled", "after": "scheduled"}]}) for cls in (Event, Session)),
    (Event, {"updated": "x"}),
    (Event, {"locations": [], "virtualLocations": []}),
    (InterpretationRequest, {"history": [{**DECLINED, "after": "approved"}]}),
    (Event, {"calls": [without(WHOLE[Event]["calls"][0], ("url",)) | {"email": "x"}]}),
    (Event, {"calls": [{"kind": "registration"}]}),
    (Event, {"documents": [{**LETTER, "follows": {**LETTER["follows"], "symbol": LETTER["symbol"]}}]}),
    *((InterpretationRequest, {"team": without(TEAM, (key,)), "state": "assigned"}) for key in TEAM),
    (InterpretationRequest, {"team": TEAM}),
    (InterpretationRequest, {"service": "sign"}),
    (InterpretationRequest, {"history": [DECLINED], "state": "declined"}),
    (Pledge, {"partners": [WHOLE[Pledge]["pledger"]]}),
    (Pledge, {"state": "completed", "reports": []}),
)
"""One thing that is wrong with a document which otherwise is good: each doubt of parts that `WHOLE` has not."""


class TestAlone:
    """One thing alone is enough for a doubt, in bytes and in a dict, and is told."""

    @each_engine
    @pytest.mark.parametrize(("cls", "change"), ALONE, ids=str)
    def test_it_is_doubted_and_told(self, cls: type, change: dict[str, Any], engine: str) -> None:
        document = {**WHOLE[cls], **change}
        assert all_doubt(engine, cls, document)
        assert all_doubt(engine, cls, written(document))
        assert not told_alike(cls, document).ok


class TestEnough:
    """At most 100 findings and 20 kB of text, wherever they come from, and then they are counted up to 10,000."""

    @pytest.mark.parametrize("count", [99, 100, 101, 500])
    def test_many_unknown_keys(self, count: int) -> None:
        document = {**WHOLE[Registration], **{f"k{index}": index for index in range(count)}, "mode": "x", "id": ""}
        assert told_alike(Registration, document).omitted == max(0, count + 2 - MOST_FINDINGS)

    def test_many_items(self) -> None:
        document = {
            **WHOLE[Registration],
            "sessionIds": ["!"] * 60,
            "listeningLanguages": ["pt_BR"] * 60,
            "needs": [1] * 9,
        }
        told_alike(Registration, document)

    @pytest.mark.parametrize("part", [{}, None, {"id": 1, "participant": {"name": 5}, "eventUid": None}, {"k" * 60: 1}])
    def test_a_dossier_of_nothing_but_bad_parts(self, part: Any) -> None:
        outcome = told_alike(Dossier, {**WHOLE[Dossier], "registrations": [part] * 12_000})
        assert outcome.omitted == MOST_COUNTED


class TestSubmissions:
    """What the office sets is refused in a stranger's document, and filled in."""

    @each_engine
    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_both_ways_say_and_make_the_same(self, cls: type, engine: str) -> None:
        whole = WHOLE[cls]
        stranger = {key: each for key, each in whole.items() if not _is_office(cls, {key: each})}
        documents = [
            whole,
            stranger,
            {**stranger, "unknown": 1},
            {**stranger, "id": "x", "eventUid": None},
            {**stranger, "submittedAt": None},
            {},
            {**dict.fromkeys(whole, 1), "zzz": 1},
            {key: each for key, each in stranger.items() if key != "mode"},
        ]
        made = 0
        for document in documents:
            outcome = validator(engine, cls, submission=True)(document, now=NOW)
            assert outcome == slow_validator(cls, ROOMY, submission=True)(document, now=NOW)
            assert outcome == validator(engine, cls, submission=True)(written(document), now=NOW)
            made += outcome.value is not None
        assert made >= 1


def _is_office(cls: type, document: dict[str, Any]) -> bool:
    outcome: Outcome[Any] = validate(cls, document, submission=True, now=NOW)
    return any(each.code == Code.FIELD_NOT_YOURS for each in outcome.findings)


def test_json_in_any_order_of_keys_is_told_in_that_order() -> None:
    document = {"mode": 1, "zzz": 1, "id": 1, "participant": {"phone": 1, "name": 1}}
    paths = [each.path for each in told_alike(Registration, json.loads(json.dumps(document))).findings]
    assert paths[:5] == ["/mode", "/zzz", "/id", "/participant/phone", "/participant/name"]
