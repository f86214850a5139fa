"""A dossier: an event with its registrations, requests and pledges."""

from typing import Any

import pytest

from tests.refusals import refused
from tests.samples.whole import dossier, event, registration
from wtisd_model import Dossier, Event, Money, Registration
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, document_name, schema_name, schema_variants
from wtisd_model.model.dossier import require_dossier


class TestDossier:
    """What takes several of its objects is checked by the rules, not here (CONTRACT)."""

    def test_an_event_is_enough(self) -> None:
        bare = Dossier(event=event())
        assert (bare.registrations, bare.interpretation_requests, bare.pledges) == ((), (), ())

    def test_it_holds_what_belongs_to_another_event_for_the_rules_to_find(self) -> None:
        twice = (registration(event_uid="e-2"), registration(event_uid="e-2"))
        assert dossier(registrations=twice).registrations == twice

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"event": None}, "wrong-type", "/event"),
            ({"registrations": {registration()}}, "order-unknown", "/registrations"),
            ({"registrations": (registration(), event())}, "wrong-type", "/registrations/1"),
            ({"registrations": (registration(),) * 100_001}, "too-many-items", "/registrations"),
            ({"pledges": (None,)}, "wrong-type", "/pledges/0"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: dossier(**changes)) == (code, path)

    def test_anything_else_is_a_type_error_where_a_dossier_is_needed(self) -> None:
        whole = dossier()
        assert require_dossier(whole) is whole
        for other in (event(), None, "Dossier"):
            with pytest.raises(TypeError, match="Not a Dossier"):
                require_dossier(other)


class TestDocuments:
    """Which objects are documents of their own."""

    def test_each_is_named_by_its_class(self) -> None:
        assert [document_name(cls) for cls in DOCUMENTS] == [
            "Event",
            "Session",
            "Registration",
            "InterpretationRequest",
            "Pledge",
            "Dossier",
            "Roster",
        ]

    @pytest.mark.parametrize("cls", [Money, dict, int])
    def test_a_wrong_class_is_a_type_error(self, cls: type) -> None:
        names = "Event, Session, Registration, InterpretationRequest, Pledge, Dossier, Roster"
        with pytest.raises(TypeError, match=f"Use one of {names}"):
            document_name(cls)

    def test_submissions_have_two_schemas(self) -> None:
        assert list(schema_variants()).count((Registration, True)) == 1
        assert (Event, True) not in schema_variants()
        assert len(list(schema_variants())) == len(DOCUMENTS) + len(SUBMISSIONS)

    def test_a_schema_is_named_in_kebab_case(self) -> None:
        names = [schema_name(cls, submission=submission) for cls, submission in schema_variants()]
        assert names[:5] == [
            "event",
            "session",
            "registration",
            "registration-submission",
            "interpretation-request",
        ]
