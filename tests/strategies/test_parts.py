"""What the five objects are made of."""

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import find, given

from tests.strategies.drawing import drawn, some
from wtisd_model import (
    Contact,
    Document,
    DocumentReference,
    LocalizedText,
    Location,
    Membership,
    Money,
    Organization,
    Role,
    VirtualFeature,
    VirtualLocation,
)
from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.strategies import (
    contacts,
    countries,
    document_references,
    documents,
    localized_texts,
    locations,
    money,
    series,
)
from wtisd_model.types.text import LINE


class TestTexts:
    """A text says which language it is in."""

    @given(localized_texts())
    def test_no_translation_is_in_the_language_of_the_original(self, text: LocalizedText) -> None:
        assert text.language not in text.translations
        assert evolve(text) == text

    def test_the_text_of_a_title_is_a_single_line(self) -> None:
        titles = [each for text in drawn(localized_texts(text=LINE)) for _, each in text.texts()]
        assert [each for each in titles if LINE.check(each) is not None] == []

    def test_some_have_several_translations_and_most_have_none(self) -> None:
        numbers = [len(text.translations) for text in some(LocalizedText)]
        assert max(numbers) == 3
        assert numbers.count(0) > len(numbers) / 2

    def test_many_are_in_a_language_that_is_written_from_right_to_left(self) -> None:
        texts = some(LocalizedText)
        assert sum(text.language.partition("-")[0] in {"ar", "fa", "he", "ur"} for text in texts) > 20


class TestMoney:
    """An exact amount, in the minor unit of its currency."""

    @given(money())
    def test_each_can_be_rebuilt_from_its_fields(self, amount: Money) -> None:
        assert evolve(amount) == amount

    def test_currencies_of_no_two_three_and_four_digits_come(self) -> None:
        amounts = some(Money)
        assert {MINOR_UNITS[each.currency] for each in amounts} == {0, 2, 3, 4}
        assert len({each.currency for each in amounts}) > 20

    def test_amounts_are_nothing_the_least_usual_and_huge(self) -> None:
        amounts = drawn(money(), 1200)
        assert any(not each.amount for each in amounts)
        assert any(each.amount == Decimal("0.01") for each in amounts)
        assert any(each.amount > 10**17 for each in amounts)
        assert sum(100 <= each.amount < 1_000_000 for each in amounts) > 300

    @given(money(positive=True))
    def test_they_can_be_restricted_to_positive_amounts(self, amount: Money) -> None:
        assert amount.amount > 0


class TestPlaces:
    """A place that people go to, and one that they dial into."""

    @given(locations())
    def test_each_can_be_rebuilt_from_its_fields(self, location: Location) -> None:
        assert evolve(location) == location

    def test_positions_reach_the_poles_and_the_date_line_and_are_often_absent(self) -> None:
        positions = [(each.latitude, each.longitude) for each in drawn(locations(), 1600)]
        assert positions.count((None, None)) > 400
        assert {-90, 90} <= {latitude for latitude, _ in positions}
        assert {-180, 180} <= {longitude for _, longitude in positions}

    def test_every_feature_comes_and_some_places_have_no_address_yet(self) -> None:
        places: list[VirtualLocation] = some(VirtualLocation)
        assert {feature for each in places for feature in each.features} == set(VirtualFeature)
        assert any(each == VirtualLocation() for each in some(VirtualLocation))
        assert any(each.uri and each.uri.startswith("tel:") for each in places)
        assert any(each.uri and each.uri.startswith("http") for each in places)


class TestPeople:
    """A contact has a name or an address."""

    @given(contacts())
    def test_each_can_be_rebuilt_from_its_fields(self, contact: Contact) -> None:
        assert evolve(contact) == contact

    def test_some_have_only_a_name_and_some_only_an_address(self) -> None:
        found = {(each.name is None, each.email is None) for each in some(Contact)}
        assert found == {(False, False), (True, False), (False, True)}

    def test_whole_ones_have_both(self) -> None:
        assert all(each.name and each.email for each in drawn(contacts(whole=True)))

    def test_every_role_and_membership_comes(self) -> None:
        assert {role for each in some(Contact) for role in each.roles} == set(Role)
        bodies: list[Organization] = some(Organization)
        assert {each.membership for each in bodies} == {*Membership, None}

    def test_one_person_comes_again_and_writes_the_address_otherwise(self) -> None:
        addresses = [each.email for each in drawn(contacts(whole=True), 1000) if each.email]
        assert len(set(addresses)) < len(addresses)
        assert len({each.casefold() for each in addresses}) < len(set(addresses))

    def test_every_country_can_come(self) -> None:
        assert set(drawn(countries(), 500)) <= COUNTRIES
        assert len(set(drawn(countries(), 500))) > 100


class TestDocuments:
    """E07: a document follows neither itself nor a newer one; the year in a symbol is the year of issue."""

    @given(documents())
    def test_each_can_be_rebuilt_from_its_fields(self, document: Document) -> None:
        assert evolve(document) == document

    @given(document_references())
    def test_each_reference_can_be_rebuilt_from_its_fields(self, document: DocumentReference) -> None:
        assert evolve(document) == document

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", [Document, DocumentReference])
    def test_many_symbols_are_in_the_form_of_itu(self, cls: type) -> None:
        documents_drawn = drawn(documents() if cls is Document else document_references(), 500)
        coded = [each for each in documents_drawn if each.issued and f"-{each.issued[2:4]}/" in (each.symbol or "")]
        assert len(coded) > 20

    @pytest.mark.slow
    def test_some_follow_one_of_the_same_day_and_some_an_older_one(self) -> None:
        follows = [
            (each.issued, each.follows.issued)
            for each in some(Document)
            if each.follows and each.issued and each.follows.issued
        ]
        assert any(issued == before for issued, before in follows)
        assert any(issued > before for issued, before in follows)

    def test_no_event_is_the_previous_or_the_next_of_itself(self) -> None:
        # Equal bytes draw an equal series, as far as it may be.
        named = [one for one in drawn(series(), 20) if one.previous and one.next and one.previous != one.next]
        for one in named[:3]:
            others = drawn(series(event_uid=one.previous), 20)
            assert one.previous not in {name for other in others for name in (other.previous, other.next)}

    def test_a_document_that_follows_another_is_found(self) -> None:
        assert find(documents(), lambda document: document.follows is not None).follows
