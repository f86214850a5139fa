"""The fields that columns may fill: all that `to_csv` writes, by their names and titles."""

import pytest

from wtisd_model import InterpretationRequest, Pledge, Registration, Session
from wtisd_model.columns.header import TargetFields, targets_of
from wtisd_model.columns.table import OBJECTS, columns_of


class TestTargets:
    """A header means a field if it names it, or if it is the title of one field only."""

    @pytest.mark.parametrize("cls", OBJECTS)
    def test_each_column_of_to_csv_can_be_read(self, cls: type) -> None:
        names = {each.name for each in columns_of(cls)}
        computed = {each for each in names if each.endswith(("starts_at", "ends_at"))}
        assert names - computed == {each for each in targets_of(cls) if not each.endswith(".date")}

    @pytest.mark.parametrize(
        ("header", "cls", "name"),
        [
            ("participant.email", Registration, "participant.email"),
            ("Participant.Email", Registration, "participant.email"),
            ("listeningLanguages", Registration, "listening_languages"),
            (" E-mail ", Registration, "participant.email"),
            ("Courriel", Registration, "participant.email"),
            ("Organization", Registration, "organization"),
            ("Requester.name", InterpretationRequest, "requester.name"),
            ("title", Session, "title.text"),
            ("Start", Session, "slot.start"),
            ("Room", Session, "locations.room"),
            ("Name", Pledge, "pledger.name.text"),
            ("Country", Pledge, "pledger.country"),
            ("title.translations.fr", Session, "title.translations.fr"),
            ("locations.name.translations.fr", Session, "locations.name.translations.fr"),
        ],
    )
    def test_headers_that_are_known(self, header: str, cls: type, name: str) -> None:
        found = TargetFields(cls, None).called(header.strip())
        assert found is not None
        assert found.name == name

    @pytest.mark.parametrize(
        ("header", "cls"),
        [
            ("Name", Session),
            ("Nachname", Registration),
            ("", Registration),
            ("slot.starts_at", Session),
            ("title.translations.klingon", Session),
            ("people.translations.fr", Session),
            ("nothing.translations.fr", Session),
        ],
    )
    def test_headers_that_are_not(self, header: str, cls: type) -> None:
        assert TargetFields(cls, None).called(header) is None
