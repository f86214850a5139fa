"""orjson: it writes as our own writer does, and our reader takes the values that it parses."""

import json
from typing import Any

import orjson
import pytest

from tests.integrations.payloads import CASES, DOSSIER, NOW, STORED, SUBMITTED, Case, verdict_on
from tests.samples.whole import SAMPLES
from wtisd_model import PayloadError, Registration, Submission, from_json, to_json, wtisd_23
from wtisd_model.integrations.orjson import default
from wtisd_model.json.builtins import from_builtins
from wtisd_model.types.timeslot import WrittenSlot


class TestTable:
    """What `orjson.loads` returns has the verdict that the reader has."""

    @pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.document, dict)], ids=repr)
    def test_plain_values_have_the_verdict_of_the_table(self, case: Case) -> None:
        plain = orjson.loads(case.payload)
        try:
            if case.submission:
                Submission(case.cls, plain).accept(DOSSIER, now=NOW).value_or_raise()
            else:
                from_json(case.cls, plain)
        except PayloadError as error:
            verdict = verdict_on(error.findings)
        else:
            verdict = ()
        assert verdict == case.verdict


class TestObjects:
    """An object is written as `to_json` writes it, and comes back."""

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_every_class_comes_back(self, made: Any) -> None:
        raw = orjson.dumps([made], default=default)
        if not isinstance(made, WrittenSlot):  # the JSON of a TimeSlot
            assert from_builtins(type(made), orjson.loads(raw)[0]) == made

    def test_a_document_is_written_as_to_json_does(self) -> None:
        assert orjson.dumps(wtisd_23(), default=default) == to_json(wtisd_23())

    def test_its_options_apply(self) -> None:
        raw = orjson.dumps(from_json(Registration, STORED), default=default, option=orjson.OPT_SORT_KEYS)
        assert list(orjson.loads(raw)) == sorted(orjson.loads(raw))

    @pytest.mark.parametrize("payload", [SUBMITTED, json.dumps(SUBMITTED), json.dumps(SUBMITTED).encode()])
    def test_a_submission_is_written_unread(self, payload: Any) -> None:
        raw = orjson.dumps({"sent": Submission(Registration, payload)}, default=default)
        assert orjson.loads(raw) == {"sent": SUBMITTED}

    def test_the_json_of_the_standard_library_takes_it_too(self) -> None:
        assert json.loads(json.dumps(wtisd_23(), default=default)) == json.loads(to_json(wtisd_23()))

    def test_other_objects_are_refused(self) -> None:
        with pytest.raises(orjson.JSONEncodeError):
            orjson.dumps({1, 2}, default=default)
        with pytest.raises(TypeError, match="Not an object of wtisd_model: set"):
            default({1, 2})
