"""The id of what people send, and of a row without one: random or passed, and never a function of what was sent."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import event
from wtisd_model import (
    Code,
    Dossier,
    InterpretationRequest,
    Limits,
    Pledge,
    Registration,
    Session,
    Submission,
    Validator,
    from_csv,
    to_csv,
    to_json,
    validate,
    validate_lines,
)
from wtisd_model.schema.constraints import Nested
from wtisd_model.schema.fields import fields_of
from wtisd_model.strategies import interpretation_requests, pledges, registrations

NOW = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
AS_SENT: dict[str, Any] = {"submission": True, "now": NOW}
NAMES = {Registration: "registration", InterpretationRequest: "interpretation-request", Pledge: "pledge"}
EXAMPLES = Path(__file__).parent / "data" / "examples"
PROGRAMME = b"Title,title.language,Start,End\n" + b"Opening,en,2027-05-17 09:00,2027-05-17 10:00\n" * 2
DRAWN = {Registration: registrations(), InterpretationRequest: interpretation_requests(), Pledge: pledges()}


def as_sent(cls: type, own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as people send it, with the personal data of another one."""
    sent: dict[str, Any] = {}
    for spec in fields_of(cls):
        source = other if spec.personal else own
        if spec.office or spec.key not in source:
            continue
        value = source[spec.key]
        if isinstance(spec.constraint, Nested):
            value = as_sent(spec.constraint.cls, value, value if spec.personal else other.get(spec.key, {}))
        sent[spec.key] = value
    return sent


DOCUMENTS = {cls: json.loads((EXAMPLES / f"{name}.json").read_bytes()) for cls, name in NAMES.items()}
PAYLOADS: dict[Any, Any] = {cls: as_sent(cls, document, document) for cls, document in DOCUMENTS.items()}
LINE = json.dumps(PAYLOADS[Registration]).encode()
PEOPLE = b"Name,E-mail\nParticipant 1,p1@example.org\nParticipant 1,p1@example.org\n"
GIVEN: dict[str, Any] = {"event_uid": "e-1", "mode": "remote", "submitted_at": NOW}


class TestNothingOfAPersonIsLeft:
    """SECURITY.md: "personal data left in an object after ``purged()``" are a problem, and a digest gives them back."""

    @pytest.mark.parametrize("cls", NAMES)
    def test_the_same_payload_at_the_same_moment_has_another_id(self, cls: type[Any]) -> None:
        submission, validator = Submission(cls, PAYLOADS[cls]), Validator(cls, submission=True)
        dossier = Dossier(event=event())
        made: list[Any] = [
            *(validate(cls, PAYLOADS[cls], **AS_SENT).value for _ in range(2)),
            *(validator(submission, now=NOW).value for _ in range(2)),
            *(submission.accept(dossier, now=NOW).value for _ in range(2)),
        ]
        assert len({each.id for each in made}) == len(made)

    def test_nor_have_two_lines_or_rows_that_are_alike_one_id(self) -> None:
        for _ in range(2):
            lines: list[Any] = list(validate_lines(Registration, BytesIO(LINE + b"\n" + LINE), **AS_SENT))
            rows: list[Any] = list(from_csv(Registration, PEOPLE, defaults=GIVEN))
            sessions: list[Any] = list(from_csv(Session, PROGRAMME, zone="UTC"))
            ids = [each.value.id for each in (*lines, *rows, *sessions) if each.value]
            assert len(set(ids)) == 6

    @LAW
    @given(st.sampled_from(tuple(DRAWN)).flatmap(lambda cls: st.tuples(st.just(cls), DRAWN[cls], DRAWN[cls])))
    def test_what_differs_in_personal_data_alone_is_equal_without_them(self, drawn: tuple[Any, Any, Any]) -> None:
        cls, *objects = drawn
        assume(all(getattr(each, "purged_at", None) is None for each in objects))
        own, other = (json.loads(to_json(each)) for each in objects)
        pair: list[Any] = [validate(cls, as_sent(cls, own, each), id="r-1", **AS_SENT).value for each in (own, other)]
        one, another = pair
        assume(one is not None and another is not None)  # a contact may have nothing but a name
        assert [*to_csv(cls, [one])] == [*to_csv(cls, [another])]
        if cls is not Pledge:
            purged = one.purged(at=NOW)
            assert purged.id == "r-1"
            assert to_json(purged) == to_json(another.purged(at=NOW))


class TestChosenIds:
    """A program passes the ids: then equal input gives equal bytes, as often as a task is repeated."""

    @pytest.mark.parametrize("cls", NAMES)
    def test_equal_input_with_equal_ids_gives_equal_bytes(self, cls: type[Any]) -> None:
        submission, dossier = Submission(cls, PAYLOADS[cls]), Dossier(event=event())
        made: list[Any] = [
            validate(cls, PAYLOADS[cls], id="r-1", **AS_SENT).value,
            validate(cls, dict(reversed(PAYLOADS[cls].items())), id="r-1", dossier=dossier, **AS_SENT).value,
            Validator(cls, submission=True)(submission, now=NOW, id="r-1").value,
            submission.accept(dossier, now=NOW, id="r-1").value,
        ]
        assert {each.id for each in made} == {"r-1"}
        assert len({to_json(each) for each in made}) == 1

    def test_each_line_takes_one_refused_or_not(self) -> None:
        source = b"\n".join((LINE, b"", b'"' + b"a" * 9_000, b"{}", LINE))
        outcomes = validate_lines(
            Registration,
            BytesIO(source),
            ids=["r-1", "r-2", "r-3", "r-4", "r-5"],
            limits=Limits(bytes=5_000),
            **AS_SENT,
        )
        assert [each.value and each.value.id for each in outcomes] == ["r-1", None, None, None, "r-5"]

    def test_so_does_each_row_of_a_table_without_ids(self) -> None:
        table = b'Name,E-mail\nA,a@example.org\n,\nB,b\nC,c@example.org,1\nD,d@example.org\n\x01"a"b,\nE,e@example.org'
        ids = (f"r-{number}" for number in count(1))
        outcomes = from_csv(Registration, table, defaults=GIVEN, ids=ids)
        assert [each.value and each.value.id for each in outcomes] == ["r-1", None, None, "r-4", None, "r-6"]

    def test_a_row_with_an_id_keeps_it(self) -> None:
        table = b"id,Name,E-mail\nr-1,A,a@example.org\n,B,b@example.org\n"
        one, other = from_csv(Registration, table, defaults=GIVEN, ids=["x-1"])
        assert one.value is not None
        assert one.value.id == "r-1"
        assert [(each.code, each.path) for each in other.findings] == [(Code.KEY_MISSING, "/lines/3/columns/1")]

    def test_the_column_of_an_id_may_be_a_default(self) -> None:
        (one, _) = from_csv(Registration, PEOPLE, defaults=GIVEN | {"id": "x-1"})
        assert one.value is not None
        assert one.value.id == "x-1"


class TestWrongIds:
    """A wrong argument is an error of the program, never a finding about what was sent."""

    @pytest.mark.parametrize(
        ("wrong", "code"), [("r 1", Code.ID_MALFORMED), ("", Code.ID_MALFORMED), (5, Code.WRONG_TYPE)]
    )
    def test_what_is_no_identifier_is_refused(self, wrong: Any, code: Code) -> None:
        assert refused(lambda: validate(Registration, b"{}", id=wrong, **AS_SENT)) == (code, "/id")
        lines = validate_lines(Registration, BytesIO(b"\n\n"), ids=["r-1", wrong], **AS_SENT)
        assert refused(lambda: list(lines)) == (code, "/ids/1")
        assert refused(lambda: list(from_csv(Registration, PEOPLE, defaults=GIVEN, ids=[wrong]))) == (code, "/ids/0")

    def test_they_are_for_submissions(self) -> None:
        stored = {"eventUid": "e-1", "id": "r-1"}
        with pytest.raises(TypeError, match="id and ids are for submission=True"):
            validate(Registration, stored, id="r-2")
        with pytest.raises(TypeError, match="id and ids are for submission=True"):
            list(validate_lines(Registration, BytesIO(LINE), ids=["r-2"]))

    def test_too_few_are_an_error(self) -> None:
        lines = validate_lines(Registration, BytesIO(LINE + b"\n" + LINE), ids=["r-1"], **AS_SENT)
        assert next(lines).ok
        with pytest.raises(TypeError, match="ids are too few"):
            next(lines)
        with pytest.raises(TypeError, match="ids are too few"):
            list(from_csv(Registration, PEOPLE, defaults=GIVEN, ids=[]))

    def test_a_string_is_not_a_list_of_ids(self) -> None:
        with pytest.raises(TypeError, match="ids must be an iterable"):
            validate_lines(Registration, BytesIO(LINE), ids="r-1", **AS_SENT)
        with pytest.raises(TypeError, match="ids must be an iterable"):
            from_csv(Registration, PEOPLE, ids="r-1")
