"""What is said once about a field, and what derives from it: validators, descriptions, hidden personal data."""

import ast
import inspect
import pickle
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from typing import Annotated, Any, Optional, Union, get_args

import attrs
import pendulum
import pytest
from attrs import evolve, field, frozen

import wtisd_model.model
import wtisd_model.types
from tests.refusals import refused
from tests.samples.whole import AT, SAMPLES, contact, event, location, money, registration, slot, step, text
from wtisd_model import (
    Code,
    Contact,
    Deadline,
    Event,
    Finding,
    InvalidValueError,
    LocalizedText,
    Location,
    Money,
    Registration,
    TimeSlot,
)
from wtisd_model.findings import finding
from wtisd_model.model.purging import without_personal_data
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
)
from wtisd_model.schema.fields import (
    OFFICE,
    PERSONAL,
    PURGED,
    STATISTICAL,
    Count,
    FieldSpec,
    camel_case,
    checks_of,
    dependencies_of,
    fields_of,
    fields_of_class,
    invariants_of,
    json_form_of,
    most_items,
    parameters_of,
)
from wtisd_model.schema.model import Model
from wtisd_model.types.language import LANGUAGE, LanguageTag
from wtisd_model.types.lifecycle import History
from wtisd_model.types.text import LINE, Identifier, Name
from wtisd_model.types.timeslot import WrittenSlot


class Colour(StrEnum):
    RED = "red"


# One value of each type that might be given by mistake.
WRONG: tuple[object, ...] = (
    None,
    True,
    5,
    2.5,
    float("nan"),
    Decimal("2.5"),
    Decimal("sNaN"),
    b"bytes",
    bytearray(b"bytes"),
    "text",
    "",
    [],
    {},
    set(),
    frozenset({"", 5}),
    (None,),
    ([],),
    {"fr": None},
    {5: "x"},
    object(),
    Colour.RED,
    Colour,
    date(2023, 4, 20),
    datetime(2023, 4, 20),
    datetime(2023, 4, 20, tzinfo=UTC),
    pendulum.duration(days=1),
    slot(),
    text(),
    contact(),
)

CLASSES = sorted({type(sample) for sample in SAMPLES}, key=lambda cls: cls.__name__)


def classes_of_the_model() -> Iterator[type]:
    for package in (wtisd_model.types, wtisd_model.model):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for _, cls in inspect.getmembers(import_module(module.name), inspect.isclass):
                if attrs.has(cls) and cls.__module__ == module.name:
                    yield cls


MODELS: list[Any] = [cls for cls in classes_of_the_model() if issubclass(cls, Model)]


def one_field(annotation: Any, **said: Any) -> type:
    """Make a class with a single field ``one`` of this annotation."""
    made: type = attrs.make_class(
        "One", {"one": field(type=annotation, **said)}, (Model,), frozen=True, kw_only=True, slots=True
    )
    return made


def constraint_of(annotation: Any) -> object:
    return fields_of(one_field(annotation))[0].constraint


def converter_for(spec: FieldSpec) -> str | None:
    """Return the converter that only type checkers see, if a field needs one."""
    match spec.constraint:
        case Enumeration(members=enum):
            name = getattr(enum, "__name__", "")
            return f"Either[{name} | None, {name}Word]" if spec.optional else f"Either[{name}, {name}Word]"
        case Items(item=Enumeration(members=enum)):
            name = getattr(enum, "__name__", "")
            return f"SetOfEither[{name}, {name}Word]"
        case Items(item=Nested(cls=cls)) if hasattr(cls, "TEXT_FIELD"):
            return f"Either[tuple[{cls.__name__}, ...], ListOrTuple[{cls.__name__} | str]]"
        case Items() if spec.optional:
            return "Either[tuple[str, ...] | None, ListOrTuple[str]]"
        case Items(item=item, container=container):
            kinds = getattr(item, "kinds", [getattr(item, "cls", str)])
            name = " | ".join(each.__name__ for each in kinds if each in {str, bool} or len(kinds) == 1)
            return f"TupleOf[{name}]" if container is tuple else f"SetOf[{name}]"
        case DecimalNumber():
            return "Either[Decimal, int]"
        case _:
            return None


class TestParameters:
    """docs/decisions/0021: type checkers accept what constructors take, and at run time no converter is called."""

    @pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)
    def test_a_converter_says_what_a_field_takes_besides_what_it_holds(self, cls: type) -> None:
        [body] = ast.parse(inspect.getsource(cls)).body
        said = {
            ast.unparse(node.target): ast.unparse(keyword.value)
            for node in ast.walk(body)
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call)
            for keyword in node.value.keywords
            if keyword.arg == "converter"
        }
        needed = {spec.name: converter for spec in fields_of_class(cls) if (converter := converter_for(spec))}
        called = {each.name: each.converter.__name__ for each in attrs.fields(cls) if each.converter}
        assert said == needed | called

    @pytest.mark.parametrize(
        "enum",
        sorted(
            {
                constraint.members
                for cls in MODELS
                for spec in fields_of_class(cls)
                for constraint in (spec.constraint, getattr(spec.constraint, "item", None))
                if isinstance(constraint, Enumeration)
            },
            key=str,
        ),
        ids=lambda enum: enum.__name__,
    )
    def test_the_words_of_an_enum_are_those_of_its_members(self, enum: type[StrEnum]) -> None:
        words = getattr(inspect.getmodule(enum), f"{enum.__name__}Word")
        assert get_args(words) == tuple(enum)


class TestBounds:
    """docs/decisions/0001: a bound is declared once, in the annotation, and everything else reads it there."""

    @pytest.mark.parametrize(("name", "most"), [("sessions", 5000), ("contacts", 100), ("keywords", 100)])
    def test_they_are_those_of_the_annotation(self, name: str, most: int) -> None:
        assert most_items(Event, name) == most

    def test_what_holds_no_items_has_none(self) -> None:
        with pytest.raises(TypeError):
            most_items(Event, "title")


class TestVocabulary:
    """docs/decisions/0001: an annotation without a known constraint raises when the class is first used."""

    @pytest.mark.parametrize(
        ("annotation", "constraint"),
        [
            (bool, Boolean()),
            (date, Date()),
            (datetime, Timestamp()),
            (Colour, Enumeration(Colour)),
            (TimeSlot, Nested(TimeSlot)),
            (Identifier, Identifier.__metadata__[0]),  # type: ignore[attr-defined] # what Annotated keeps
            (Annotated[str, LINE], LINE),
            (Annotated[str, LANGUAGE], LANGUAGE),
            (
                Annotated[str, CodeList("letter", frozenset("ab"), Code.ID_MALFORMED)],
                CodeList("letter", frozenset("ab"), Code.ID_MALFORMED),
            ),
            (Annotated[int, Integer(0, 9)], Integer(0, 9)),
            (Annotated[Decimal, DecimalNumber(0, 9, digits=1, places=1)], DecimalNumber(0, 9, digits=1, places=1)),
            (Annotated[LocalizedText, LINE], Nested(LocalizedText, LINE)),
            (tuple[date, ...], Items(Date(), tuple)),
            (frozenset[date], Items(Date(), frozenset, unique=True)),
            (Annotated[tuple[date, ...], Count(1, 2, unique=True)], Items(Date(), tuple, 1, 2, unique=True)),
            (Annotated[frozenset[date], Count(maximum=3)], Items(Date(), frozenset, 0, 3, unique=True)),
            (tuple[Annotated[str, LINE], ...], Items(LINE, tuple)),
            (tuple[tuple[date, ...], ...], Items(Items(Date(), tuple), tuple)),
            (Mapping[LanguageTag, Annotated[str, LINE]], Map(LANGUAGE, LINE)),
        ],
    )
    def test_an_annotation_that_it_knows_becomes_a_node(self, annotation: Any, constraint: object) -> None:
        # A node is compared by what it prints.
        assert repr(constraint_of(annotation)) == repr(constraint)
        assert repr(constraint_of(annotation | None)) == repr(constraint)
        assert repr(constraint_of(Annotated[annotation, PERSONAL])) == repr(constraint)
        assert repr(constraint_of(Annotated[annotation | None, PERSONAL, OFFICE] | None)) == repr(constraint)

    @pytest.mark.parametrize(
        "annotation",
        [
            None,
            str,
            int,
            float,
            Decimal,
            bytes,
            object,
            Any,
            list[date],
            dict[str, date],
            set[date],
            Sequence[date],
            tuple,
            frozenset,
            Mapping,
            tuple[()],
            tuple[date],
            tuple[date, date],
            tuple[str, ...],
            tuple[date | None, ...],
            tuple[Annotated[date, PERSONAL], ...],
            frozenset[int],
            frozenset[date, date],  # type: ignore[misc] # what is refused
            Mapping[str, str],
            Mapping[LanguageTag, date],
            Mapping[Annotated[str, LINE], Annotated[str, LINE]],
            int | str,
            date | bool | None,
            Union[date, bool],  # noqa: UP007 - the older spelling is refused too
            Optional[str],  # noqa: UP045 - and so is this
            "date",
            Annotated[str, Integer(0, 9)],
            Annotated[str, DecimalNumber(0, 9, digits=1, places=1)],
            Annotated[int, LINE],
            Annotated[Decimal, Integer(0, 9)],
            Annotated[str, "at most 500 characters"],
            Annotated[str, Text],
            Annotated[str, LINE, LINE],
            Annotated[str, LINE, Count()],
            Annotated[str, Count()],
            Annotated[bool, LINE],
            Annotated[date, Integer(0, 9)],
            Annotated[Colour, LINE],
            Annotated[TimeSlot, LINE],
            Annotated[LocalizedText, LANGUAGE],
            Annotated[LocalizedText, Count()],
            Annotated[tuple[LocalizedText, ...], LINE],
            Annotated[Mapping[LanguageTag, Annotated[str, LINE]], Count()],
        ],
    )
    def test_any_other_is_a_type_error_for_the_author(self, annotation: Any) -> None:
        with pytest.raises(TypeError):
            fields_of(one_field(annotation))

    def test_it_is_one_when_an_object_is_made_too(self) -> None:
        with pytest.raises(TypeError, match="Not an annotation of a field"):
            one_field(float)(one=1.5)

    def test_a_validator_that_would_not_run_is_one_too(self) -> None:
        with pytest.raises(TypeError):
            fields_of(one_field(date, validator=attrs.validators.instance_of(date)))


class TestFieldsOf:
    """One declaration a field; all else derives from it."""

    @frozen(kw_only=True, eq=False, repr=False)
    class Sample(Model):
        time_zone: Annotated[Name | None, PERSONAL] = None
        id: Annotated[Identifier, OFFICE]
        days: tuple[date, ...] = ()

    def test_it_describes_each_field_in_declared_order(self) -> None:
        name, identifier, days = fields_of(self.Sample)
        assert repr(name) == repr(
            FieldSpec(
                name="time_zone",
                key="timeZone",
                constraint=Text(500, name=True),
                optional=True,
                required=False,
                default=None,
                office=False,
                personal=True,
            )
        )
        assert (identifier.key, identifier.required, identifier.office, identifier.personal) == (
            "id",
            True,
            True,
            False,
        )
        assert (days.optional, days.required, days.default) == (False, False, ())

    def test_a_class_may_be_written_in_another_form(self) -> None:
        assert json_form_of(TimeSlot) is WrittenSlot
        assert json_form_of(WrittenSlot) is WrittenSlot
        assert fields_of(TimeSlot) is fields_of(WrittenSlot)

    @pytest.mark.parametrize(
        ("name", "key"), [("id", "id"), ("time_zone", "timeZone"), ("checked_in_at", "checkedInAt"), ("on", "on")]
    )
    def test_a_key_is_the_name_in_camel_case(self, name: str, key: str) -> None:
        assert camel_case(name) == key

    @pytest.mark.parametrize("cls", CLASSES)
    def test_no_two_fields_share_a_key(self, cls: type) -> None:
        keys = [spec.key for spec in fields_of(cls)]
        assert len(set(keys)) == len(keys)

    @pytest.mark.parametrize("cls", CLASSES)
    def test_what_is_optional_is_not_required(self, cls: type) -> None:
        assert [spec.name for spec in fields_of(cls) if spec.optional and spec.required] == []


class TestChecked:
    """Cross-field rules are plain functions whose parameters are field names (CONTRACT)."""

    def test_the_first_that_is_not_kept_refuses_the_object(self) -> None:
        def _in_order(first: date, last: date) -> Iterator[Finding]:
            if last < first:
                yield finding(Code.PERIOD_ENDS_BEFORE_START, "/last")
                yield finding(Code.ID_REPEATED)

        @frozen(kw_only=True, eq=False, repr=False)
        class Period(Model):
            INVARIANTS = (_in_order,)
            first: date
            last: date

        assert parameters_of(_in_order) == ("first", "last")
        assert Period(first=date(2023, 1, 1), last=date(2023, 1, 1)).last == date(2023, 1, 1)
        assert refused(lambda: Period(first=date(2023, 1, 2), last=date(2023, 1, 1))) == (
            "period-ends-before-start",
            "/last",
        )

    def test_nothing_that_switches_the_validators_of_attrs_off_switches_ours_off(self) -> None:
        with attrs.validators.disabled():
            assert refused(lambda: Deadline(date="tomorrow", time_zone="UTC")) == ("wrong-type", "/date")  # type: ignore[arg-type] # what is refused

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
    def test_equality_hash_and_repr_mean_what_attrs_means(self, sample: Any) -> None:
        twin = copy(sample)
        assert (twin == sample, twin != sample, hash(twin) == hash(sample)) == (True, False, True)
        assert sample != attrs.asdict(sample, recurse=False)
        assert repr(twin) == repr(sample)

    def test_a_rule_is_settled_by_each_field_that_it_names(self) -> None:
        (named,) = checks_of(Contact)
        assert named.settled == named.fields
        assert (list(named.ask("Participant 1", None)), list(named.ask(None, "p1@example.org"))) == ([], [])
        assert [found.code for found in named.ask(None, None)] == [Code.CONTACT_UNNAMED]

    def test_a_class_without_rules_has_none(self) -> None:
        assert Model.INVARIANTS == ()
        assert invariants_of(TimeSlot) == ()

    @pytest.mark.parametrize("cls", [cls for cls in CLASSES if issubclass(cls, Model)])
    def test_the_rules_of_a_class_can_be_asked_for(self, cls: Any) -> None:
        assert invariants_of(cls)[: len(cls.INVARIANTS)] == cls.INVARIANTS

    @pytest.mark.parametrize("cls", [cls for cls in CLASSES if issubclass(cls, Model)])
    def test_each_rule_of_the_model_names_fields_of_its_class(self, cls: Any) -> None:
        names = {spec.name for spec in fields_of(cls)}
        for invariant in invariants_of(cls):
            assert set(parameters_of(invariant)) <= names


@frozen(kw_only=True, eq=False, repr=False)
class Visit(Model):
    """A class whose objects can be purged."""

    host: Annotated[Name | None, PERSONAL] = None
    remarks: Annotated[Name | None, PERSONAL, STATISTICAL] = None
    guests: Annotated[frozenset[Name], PERSONAL] = frozenset()
    steps: History = ()
    stays: tuple[Deadline, ...] = ()
    colour: Colour = Colour.RED
    gone: Annotated[datetime | None, PURGED] = None


class TestPurged:
    """CONTRACT: the marks PERSONAL and PURGED decide which fields are removed, and must not come back."""

    WHOLE = Visit(
        host="Participant 1",
        remarks="Fish",
        guests=frozenset({"Participant 2"}),
        steps=(step("pending", "approved"), step("approved", "pending", by="Officer 1", note="Why")),
        stays=(Deadline(date=date(2023, 4, 20), time_zone="UTC"),),
    )

    def test_what_is_left_has_no_personal_value_at_any_depth(self) -> None:
        left = Visit(stays=self.WHOLE.stays, steps=tuple(evolve(each, by=None, note=None) for each in self.WHOLE.steps))
        assert evolve(self.WHOLE, **without_personal_data(self.WHOLE)) == left
        assert evolve(left, gone=AT).gone == AT

    def test_what_may_be_statistical_is_removed_too_but_may_come_back(self) -> None:
        left = evolve(self.WHOLE, **without_personal_data(self.WHOLE))
        assert left.remarks is None
        assert evolve(left, gone=AT, remarks="Fish").remarks == "Fish"

    def test_each_personal_value_of_a_purged_object_is_found_at_its_place(self) -> None:
        (rule,) = invariants_of(Visit)
        values = (getattr(self.WHOLE, name) for name in parameters_of(rule)[1:])
        found = [(each.code, each.path) for each in rule(AT, *values)]
        assert found == [
            ("purged-with-personal-data", path) for path in ("/host", "/guests", "/steps/1/by", "/steps/1/note")
        ]
        assert refused(lambda: evolve(self.WHOLE, gone=AT)) == ("purged-with-personal-data", "/host")

    def test_it_is_asked_only_of_an_object_that_was_purged(self) -> None:
        (rule,) = invariants_of(Visit)
        assert parameters_of(rule) == ("gone", "host", "guests", "steps")
        assert dependencies_of(rule) == ("gone",)


class TestClasses:
    """Every class of the model is an attrs class: frozen, keyword-only, with slots."""

    def test_there_is_a_sample_of_each(self) -> None:
        others = {"EditionMove", "Move", "RecurrenceRule", "RevisionNumbers", "StateTable"}
        others |= {"RulesSource", "ZoneHistory", "Zones"}  # the rules for clocks
        ours = {cls for cls in classes_of_the_model() if cls.__name__ not in others}
        assert ours == set(CLASSES)

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_an_object_cannot_be_changed(self, sample: Any) -> None:
        for attribute in attrs.fields(type(sample)):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(sample, attribute.name, None)
        with pytest.raises(AttributeError):
            sample.something_else = None
        assert not hasattr(sample, "__dict__")

    @pytest.mark.parametrize("cls", CLASSES)
    def test_its_fields_are_given_by_name(self, cls: type) -> None:
        positional = [attribute.name for attribute in attrs.fields(cls) if not attribute.kw_only]
        assert positional == (["text", "language"] if cls is LocalizedText else [])
        with pytest.raises(TypeError):
            cls("something")

    @pytest.mark.parametrize("cls", CLASSES)
    def test_a_missing_or_unknown_keyword_stays_pythons_type_error(self, cls: type) -> None:
        with pytest.raises(TypeError):
            cls(no_such_field=1)
        if any(attribute.default is attrs.NOTHING for attribute in attrs.fields(cls)):
            with pytest.raises(TypeError):
                cls()

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_an_object_hashes_pickles_and_evolves_into_an_equal_one(self, sample: Any) -> None:
        again = pickle.loads(pickle.dumps(sample))
        assert again == sample
        assert hash(again) == hash(sample)
        assert evolve(sample) == sample
        assert type(again) is type(sample)

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_every_field_is_given_in_the_samples_or_set_by_verbs(self, sample: Any) -> None:
        silent = {
            spec.name
            for spec in fields_of(type(sample))
            if getattr(sample, spec.name, "said") in {None, (), frozenset()}
        }
        assert silent <= {
            "start_repeated",
            "end_repeated",
            "previous_slots",
            "history",
            "updated",
            "changed_sequence",
            "minimum_sequence",
            "waitlisted_at",
            "waits",
            "checked_in_at",
            "purged_at",
            "team",
            "entries",
        }


class TestWrongTypes:
    """CONTRACT: a wrong type in a constructor is InvalidValueError, and no other exception."""

    def evolved(self, sample: Any, name: str, value: object) -> object:
        try:
            return evolve(sample, **{name: value})
        except InvalidValueError as error:
            return error

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_each_field_takes_a_good_value_or_refuses_it_by_our_own_error(self, sample: Any) -> None:
        for attribute in attrs.fields(type(sample)):
            for value in WRONG:
                made = self.evolved(sample, attribute.name, value)
                if isinstance(made, InvalidValueError):
                    assert made.__context__ is None
                    assert len(made.findings) == 1
                elif value != getattr(made, attribute.name):  # converted; it is kept from then on
                    assert isinstance(value, list | set)
                    assert getattr(made, attribute.name) == type(getattr(made, attribute.name))(value)

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_a_value_of_no_use_anywhere_has_the_wrong_type_in_each_field(self, sample: Any) -> None:
        for attribute in attrs.fields(type(sample)):
            for value in (object(), b"bytes", range(2), {1: 2}.keys(), bytearray()):
                code, path = refused(lambda: evolve(sample, **{attribute.name: value}))  # noqa: B023 - called at once
                assert (code, path) == ("wrong-type", f"/{camel_case(attribute.name)}")

    # TimeSlot has no description of its own; it is tested in tests/types/test_timeslot.py.
    @pytest.mark.parametrize(
        "sample", [each for each in SAMPLES if not isinstance(each, TimeSlot)], ids=lambda each: type(each).__name__
    )
    def test_none_is_refused_where_it_means_nothing(self, sample: Any) -> None:
        for spec in fields_of(type(sample)):
            if not spec.optional:
                assert refused(lambda: evolve(sample, **{spec.name: None}))[0] == "wrong-type"  # noqa: B023 - called at once


class TestPersonal:
    """CONTRIBUTING: ``repr`` hides personal data; messages, logs and exception contexts never have them."""

    MARK = "Xyzzy"
    ACCEPTED = frozenset({("answers", dict), ("answers", tuple)})
    """Fields that hold what the sender chooses, and values that are allowed there."""

    def secret(self, constraint: object) -> object:
        """Make a value for a personal field that shows if it is printed."""
        match constraint:
            case Text():
                return self.MARK
            case Pattern(code=Code.EMAIL_MALFORMED):
                return f"{self.MARK}@example.org"
            case Pattern(code=Code.PHONE_MALFORMED):
                return "+99999999999999"
            case Nested(cls=cls):
                places = {LocalizedText: LocalizedText(self.MARK, "en"), Location: location(room=self.MARK)}
                return money() if cls is Money else places.get(cls, contact(name=self.MARK))
            case _:
                return None

    @pytest.mark.parametrize("cls", CLASSES)
    def test_it_is_marked_wherever_a_person_is_named(self, cls: type) -> None:
        names = {"participant", "requester", "organization", "submitted_by", "needs", "by", "note", "phone"}
        # What a body reports of its own pledge, and why a value of an event is as it is.
        bodies = {"Report", "Provenance"}
        for spec in fields_of(cls):
            if spec.name in names and cls.__name__ not in bodies:
                assert spec.personal, spec.name

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_no_personal_value_is_printed(self, sample: Any) -> None:
        marked = [spec for spec in fields_of(type(sample)) if spec.personal]
        secrets = {
            spec.name: self.secret(spec.constraint) for spec in marked if self.secret(spec.constraint) is not None
        }
        printed = repr(evolve(sample, **secrets)) + str(evolve(sample, **secrets))
        assert self.MARK not in printed
        assert "9999999" not in printed
        assert [
            spec.name for spec in marked if f"{spec.name}=" in printed.partition("(")[2] and spec.name != "organization"
        ] == []

    def test_nor_is_it_through_the_objects_that_hold_it(self) -> None:
        held = registration(participant=contact(name=self.MARK), submitted_by=self.MARK, organization=self.MARK)
        approved = held.approve(at=datetime(2023, 5, 1, tzinfo=UTC), by=self.MARK, note=self.MARK)
        whole = event(contacts=(contact(name=self.MARK, organization=self.MARK, email=f"{self.MARK}@example.org"),))
        for each in (held, approved, whole):
            assert self.MARK not in repr(each)
            assert self.MARK not in f"{each}"

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_no_refusal_repeats_what_was_given(self, sample: Any) -> None:
        for attribute in attrs.fields(type(sample)):
            for value in (
                f" {self.MARK}\t",
                f"{self.MARK}\0",
                f"{self.MARK}-{self.MARK}\n",
                self.MARK * 3000,
                [f"{self.MARK}\0"],
                {f"{self.MARK}\0"},
                {self.MARK: self.MARK},
            ):
                try:
                    evolve(sample, **{attribute.name: value})
                except InvalidValueError as refused:
                    said = f"{refused} {refused!r} {refused.args}"
                    assert self.MARK.casefold() not in said.casefold()
                else:
                    assert (attribute.name, type(value)) in self.ACCEPTED


class TestRegistrationSpec:
    """CONTRACT: fields that the office sets are marked so in their declaration."""

    def test_the_office_sets_these(self) -> None:
        assert {spec.name for spec in fields_of(Registration) if spec.office} == {
            "id",
            "submitted_at",
            "submitted_by",
            "state",
            "participation_status",
            "waitlisted_at",
            "waits",
            "checked_in_at",
            "purged_at",
            "history",
            "replies",
            "entries",
            "extensions",
        }
