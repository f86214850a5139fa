"""Interpreters: the languages that they have, when they are available, and their terms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.norms import booth_language, booth_languages
from wtisd_model.findings import Finding
from wtisd_model.model.interpretation import InterpretationService, InterpretationServiceWord
from wtisd_model.model.purging import without_personal_data
from wtisd_model.model.terms import Terms
from wtisd_model.schema.fields import PERSONAL, PURGED, Count, Either, Invariant, SetOf, SetOfEither, TupleOf
from wtisd_model.schema.json_values import JsonObject, json_object
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_instance, require_iterable
from wtisd_model.types.attendance import ParticipationMode, ParticipationModeWord
from wtisd_model.types.extensions import Extensions
from wtisd_model.types.identifiers import repeated_ids
from wtisd_model.types.language import LanguageTag, is_signed
from wtisd_model.types.moment import utc_or_none
from wtisd_model.types.money import Money
from wtisd_model.types.people import Contact
from wtisd_model.types.text import Identifier, Name
from wtisd_model.types.timeslot import TimeSlot


class LanguageLevel(StrEnum):
    """How well an interpreter has a language (ISO 20539)."""

    A = "A"
    """The interpreter works into it from all others that they have."""
    B = "B"
    """The interpreter is fluent in it, and works into it from those that name it in `Skill.into`."""
    C = "C"
    """The interpreter understands it completely, and works from it."""


LanguageLevelWord = Literal["A", "B", "C"]

_SPOKEN: Final = frozenset(
    {InterpretationService.CONSECUTIVE, InterpretationService.SIMULTANEOUS, InterpretationService.WHISPERED}
)
_SIGNED: Final = frozenset({InterpretationService.SIGN})


class Contract(StrEnum):
    """How an interpreter is employed."""

    FREELANCE = "freelance"
    STAFF = "staff"


ContractWord = Literal["freelance", "staff"]


@frozen(kw_only=True, eq=False, repr=False)
class Skill(Model):
    """A language of an interpreter."""

    language: LanguageTag
    """The language (BCP 47)."""
    level: LanguageLevel = field(converter=Either[LanguageLevel, LanguageLevelWord])
    """The level (ISO 20539)."""
    into: frozenset[LanguageTag] = field(default=frozenset(), converter=SetOf[str])
    """The languages that they also work into from this one: retour. Into their A languages they work from all.

    Retour is stated at the language that is worked from, as in ``en:A>fr``: level B alone gives none.
    """
    services: Annotated[frozenset[InterpretationService], Count()] = field(
        default=frozenset(), converter=SetOfEither[InterpretationService, InterpretationServiceWord]
    )
    """What they do into and from it; empty means simultaneous, consecutive and whispered interpretation, or sign."""


def _languages_are_named_once(languages: tuple[Skill, ...]) -> Iterator[Finding]:
    return repeated_ids("languages", (skill.language for skill in languages), "language", Code.SKILL_REPEATED)


@frozen(kw_only=True, eq=False, repr=False)
class Interpreter(Model):
    """An interpreter whom the office may ask to work at its events.

    Raises:
        InvalidValueError: the first field or cross-field rule that fails, with its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_languages_are_named_once,)

    id: Identifier
    """An identifier that is unique among the interpreters of the roster."""
    contact: Annotated[Contact | None, PERSONAL] = None
    """The person."""
    languages: Annotated[tuple[Skill, ...], Count(minimum=1, maximum=50)] = field(converter=TupleOf[Skill])
    """The languages of the person, each once."""
    base: Annotated[Name | None, PERSONAL] = None
    """The town where the person lives or is employed."""
    contract: Contract | None = field(default=None, converter=Either[Contract | None, ContractWord])
    """The contract; None if that is not stated."""
    works_at: ParticipationMode | None = field(
        default=None, converter=Either[ParticipationMode | None, ParticipationModeWord]
    )
    """Where the person works: only on site, or only remotely; None means both."""
    available: Annotated[tuple[TimeSlot, ...], Count(maximum=1000), PERSONAL] = field(
        default=(), converter=TupleOf[TimeSlot]
    )
    """When the person is available; empty means whenever."""
    terms: Terms | None = None
    """The person's own terms, which then apply instead of those of the roster."""
    cost: Annotated[Money | None, PERSONAL] = None
    """The fee for a sitting; None means none."""
    # Why: docs/decisions/0005
    purged_at: Annotated[datetime | None, PURGED] = field(default=None, converter=utc_or_none)
    """When the personal data were removed, in UTC."""
    extensions: Annotated[Extensions, PERSONAL] = field(default=JsonObject(), converter=json_object)
    """Data of other programs, by names that begin with the domain of their owner."""

    def pairs(self, service: InterpretationService) -> frozenset[tuple[str, str]]:
        """Return the languages that they work from, each with those that they work into from it.

        Varieties of a language count as one (``fr`` for ``fr-CA``). Captions may be in the language that is spoken.
        """
        services: defaultdict[str, set[InterpretationService]] = defaultdict(set)
        for skill in self.languages:
            services[booth_language(skill.language)] |= skill.services
        return frozenset(
            (source, target)
            for skill in self.languages
            for source in (booth_language(skill.language),)
            for target in self._mother_tongues | booth_languages(skill.into)
            if (source != target or service is InterpretationService.CAPTIONS)
            and service in (services[target] or (_SIGNED if is_signed(source) or is_signed(target) else _SPOKEN))
            and service in (services[source] or {service})
        )

    def works(self, source: str, target: str, service: InterpretationService) -> bool:
        """Return True if they interpret from one language into another; varieties of a language count as one.

        Raises:
            TypeError: a language is not a text.
        """
        return (_language(source), _language(target)) in self.pairs(service)

    def takes(self, language: str, service: InterpretationService, sources: Iterable[str] = ()) -> bool:
        """Return True if they interpret into a language from one of the *sources* or, without any, from some language.

        Captions may be in the language that is spoken.

        Raises:
            TypeError: a language is not a text, or *sources* is not an iterable.
        """
        wanted, known = _language(language), frozenset(map(_language, require_iterable(sources, "sources")))
        return any(target == wanted and (not known or source in known) for source, target in self.pairs(service))

    def has_retour_only(self, target: str) -> bool:
        """Return True if they work into *target*, and it is not one of their A languages.

        Raises:
            TypeError: *target* is not a text.
        """
        language = _language(target)
        return language not in self._mother_tongues and any(
            language in booth_languages(skill.into) and language != booth_language(skill.language)
            for skill in self.languages
        )

    @property
    def _mother_tongues(self) -> frozenset[str]:
        return booth_languages(skill.language for skill in self.languages if skill.level is LanguageLevel.A)

    def purged(self, *, at: datetime) -> Self:
        """Return them without personal data; id, languages, contract and terms are kept.

        An interpreter who is purged already keeps the first ``purged_at``.
        """
        return evolve(self, **without_personal_data(self), purged_at=self.purged_at or at)


def _language(tag: object) -> str:
    return booth_language(require_instance(tag, str, "A language must be a text: its tag, such as fr-CH."))
