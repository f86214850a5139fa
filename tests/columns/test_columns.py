"""The columns of a class, and the fields without a column."""

import pytest

from wtisd_model import Dossier, Pledge, Registration, Session
from wtisd_model.columns.table import columns_of
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import Items
from wtisd_model.schema.fields import fields_of


def names(cls: type) -> list[str]:
    return [each.name for each in columns_of(cls)]


class TestColumnsOf:
    """Columns are derived from the declaration of fields."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_names_come_once_and_in_the_order_of_the_fields(self, cls: type) -> None:
        assert len(set(names(cls))) == len(names(cls))
        order = [spec.name for spec in fields_of(cls)]
        outer = [order.index(name.partition(".")[0]) for name in names(cls)]
        assert outer == sorted(outer)

    def test_the_fields_of_a_personal_object_are_personal(self) -> None:
        """The office's own contact on a pledge tells the language it writes in; a registrant's tells something."""
        personal = {cls: {each.name: each.personal for each in columns_of(cls)} for cls in (Registration, Pledge)}
        assert personal[Registration]["participant.language"]
        assert not personal[Pledge]["contact.language"]
        assert personal[Pledge]["contact.email"]
        assert personal[Pledge]["history.by"]
        assert not personal[Registration]["country"]

    def test_lists_in_lists_and_translations_have_no_column(self) -> None:
        assert "people.language" in names(Session)
        assert not {"people.roles", "virtual_locations.features", "title.translations"} & set(names(Session))
        assert "registrations.id" in names(Dossier)
        assert "registrations.needs" not in names(Dossier)
        assert "event.sessions.people.name" not in names(Dossier)

    def test_a_list_of_objects_has_an_item_for_each(self) -> None:
        found = {each.name: each for each in columns_of(Pledge)}
        assert [each.of_each for each in (found["countries.share"], found["goals"], found["pledger.country"])] == [
            True,
            False,
            False,
        ]
        assert isinstance(found["countries.share"].constraint, Items)
