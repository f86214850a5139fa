"""Constructors take values of other types that can only mean one thing."""

import pickle
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.whole import SAMPLES, contact, event, registration, session, virtual_location
from wtisd_model import AttendanceMode, Finding, ParticipationMode, VirtualFeature, VirtualLocation
from wtisd_model.schema.constraints import Constraint, DecimalNumber, Enumeration, Integer, Items
from wtisd_model.schema.fields import fields_of_class
from wtisd_model.schema.model import Model, convert

UNTYPED: Any = None


def loosened(constraint: Constraint, value: Any) -> Any:
    """Return a value as somebody might write it who does not know the types of the fields."""
    match constraint:
        case Enumeration() if value is not None:
            return value.value
        case Items(item=item, container=container):
            items = [loosened(item, each) for each in value]
            return items if container is tuple else set(items)
        case DecimalNumber() if value is not None and value == int(value):
            return int(value)
        case _:
            return value


class TestConvert:
    """Converted values are canonical; ambiguous ones are refused."""

    @pytest.mark.parametrize(
        "sample", [each for each in SAMPLES if isinstance(each, Model)], ids=lambda each: type(each).__name__
    )
    def test_each_object_can_be_made_of_lists_sets_words_and_ints(self, sample: Any) -> None:
        cls: type = type(sample)
        loose = {spec.name: loosened(spec.constraint, getattr(sample, spec.name)) for spec in fields_of_class(cls)}
        for made in (cls(**loose), evolve(sample, **loose)):
            assert made == sample
            assert hash(made) == hash(sample)
            for name in loose:
                assert type(getattr(made, name)) is type(getattr(sample, name))
            assert pickle.loads(pickle.dumps(made)) == sample

    @pytest.mark.parametrize(
        "given", [["audio", "chat"], ("audio", "chat"), {"audio", "chat"}, frozenset({"audio", "chat"})]
    )
    def test_the_items_are_converted_too(self, given: Any) -> None:
        made = virtual_location(features=given)
        assert made.features == {VirtualFeature.AUDIO, VirtualFeature.CHAT}
        assert {type(each) for each in made.features} == {VirtualFeature}
        assert type(made.features) is frozenset

    def test_a_list_that_is_changed_later_changes_nothing(self) -> None:
        languages: Any = ["en"]
        made = session(floor_languages=languages)
        languages.append("fr")
        assert made.floor_languages == ("en",)

    def test_an_address_is_a_virtual_location(self) -> None:
        addresses: Any = ["https://example.org/live", VirtualLocation(uri="tel:+41227305111")]
        made = session(virtual_locations=addresses)
        assert [each.uri for each in made.virtual_locations] == ["https://example.org/live", "tel:+41227305111"]
        assert {type(each) for each in made.virtual_locations} == {VirtualLocation}

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"virtual_locations": ["example.org"]}, "uri-malformed", "/virtualLocations/0/uri"),
            ({"virtual_locations": "https://example.org"}, "list-missing", "/virtualLocations"),
            ({"locations": ["Popov"]}, "wrong-type", "/locations/0"),
            ({"floor_languages": "en"}, "list-missing", "/floorLanguages"),
            ({"keywords": "forum"}, "list-missing", "/keywords"),
            ({"audience": "member-state"}, "list-missing", "/audience"),
            ({"floor_languages": {"en"}}, "order-unknown", "/floorLanguages"),
            ({"sessions": frozenset()}, "order-unknown", "/sessions"),
            ({"floor_languages": {"en": 1}}, "wrong-type", "/floorLanguages"),
            ({"floor_languages": iter(["en"])}, "wrong-type", "/floorLanguages"),
            ({"keywords": {"forum": 1}.keys()}, "wrong-type", "/keywords"),
            ({"floor_languages": ["en", "english"]}, "language-unknown", "/floorLanguages/1"),
            ({"floor_languages": ["en", "en"]}, "item-repeated", "/floorLanguages/1"),
            ({"keywords": ["forum", "forum"]}, "item-repeated", "/keywords/1"),
            ({"keywords": ["forum"] * 101}, "too-many-items", "/keywords"),
            ({"keywords": ["forum", ["Geneva"]]}, "wrong-type", "/keywords/1"),
            ({"audience": ["academia", "Academia"]}, "value-unknown", "/audience/1"),
            ({"audience": {"Academia", "academia"}}, "value-unknown", "/audience"),
            ({"sessions": [session(), None]}, "wrong-type", "/sessions/1"),
            ({"title": "Forum"}, "text-without-language", "/title"),
            ({"title": {"text": "Forum", "language": "en"}}, "wrong-type", "/title"),
            ({"status": AttendanceMode.ON_SITE}, "wrong-type", "/status"),
            ({"status": b"scheduled"}, "wrong-type", "/status"),
            ({"sequence": 1.0}, "wrong-type", "/sequence"),
            ({"sequence": "1"}, "wrong-type", "/sequence"),
        ],
    )
    def test_what_could_mean_something_else_is_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: event(**changes)) == (code, path)

    def test_a_subclass_may_hold_one_thing_and_return_another(self) -> None:
        class Liar(list[str]):
            pass

        languages: Any = Liar(["en"])
        assert refused(lambda: session(floor_languages=languages)) == ("wrong-type", "/floorLanguages")

    def test_of_several_wrong_items_in_a_set_the_same_one_is_always_reported(self) -> None:
        roles: Any = {"chairs", "visitor", "", "speakers", 5}
        found = {refusal(partial(contact, roles=set(order))) for order in (sorted(roles, key=str), roles)}
        assert len(found) == 1

    @pytest.mark.parametrize(
        ("changes", "fix"),
        [
            ({"mode": "onsite"}, 'Did you mean "on-site"? Use one of: on-site, remote.'),
            ({"mode": "x"}, "Use one of: on-site, remote."),
            ({"listening_languages": "fr"}, 'Use a tuple or a list, even for one: ("en",).'),
            ({"listening_languages": {"fr"}}, "Use a tuple or a list."),
        ],
    )
    def test_the_fix_says_what_to_write(self, changes: dict[str, Any], fix: str) -> None:
        assert refusal(lambda: registration(**changes)).fix == fix

    def test_the_words_of_an_enum_are_those_of_json(self) -> None:
        untyped: Any = "on-site"
        assert registration(mode=untyped).mode is ParticipationMode.ON_SITE
        for word in ("ON_SITE", "On-site", " on-site"):
            wrong: Any = word
            assert refused(partial(registration, mode=wrong)) == ("value-unknown", "/mode")

    @LAW
    @given(st.lists(st.integers(-1, 5), max_size=6), st.booleans(), st.booleans())
    def test_a_list_is_taken_if_its_tuple_is(self, numbers: list[int], unique: bool, ordered: bool) -> None:
        items = Items(Integer(0, 4), tuple if ordered else frozenset, 1, 4, unique=unique or not ordered)
        made = convert(items, numbers)
        is_good = 1 <= len(numbers) <= 4 and -1 not in numbers and 5 not in numbers
        is_good = is_good and (len({*numbers}) == len(numbers) or not items.unique)
        assert isinstance(made, Finding) is not is_good
        if is_good:
            assert made == items.container(numbers)
            assert items.check(made) is None

    @LAW
    @given(st.integers())
    def test_an_int_is_the_decimal_of_its_digits(self, number: int) -> None:
        made = convert(DecimalNumber(-1000, 1000, digits=4, places=2), number)
        assert isinstance(made, Finding) if abs(number) > 1000 else made == Decimal(number)
