"""Makes objects of plain JSON values, or says what in them is in doubt.

For each kind of value there is a reader, and for each class a plan, which is a reader too: it has one of them for each
field. They are put together in `wtisd_model.json.plans`. What a reader cannot make it gives as a doubt, for
`wtisd_model.json.telling` to say what is wrong.

This module is the reference. ``native/`` says the same, class by class, for a C compiler; where it was compiled, it is
used instead, six times as fast. Tests hold the two together.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, cast

from msgspec.json import Encoder

from wtisd_model.findings import MOST_FINDINGS
from wtisd_model.json.doubts import UNSOUND, Doubt, PartDoubt, PartsDoubt
from wtisd_model.json.json_types import A_CHARACTER, A_VALUE, DEEPEST, MOST_EXACT
from wtisd_model.json.scalars import Familiar, Test, moment_of, whole_of
from wtisd_model.schema.characters import UNSEEN_FIRST
from wtisd_model.schema.constraints import Integer, Text
from wtisd_model.schema.fields import Invariant

# As values, so that type checkers do not take what is in a list or a dict for unknown.
_dict: Any = dict
_list: Any = list
_TEXTS: Final = frozenset({str})

_new: Callable[[type], Any] = object.__new__

MOST_PLACES: Final = 63
"""How many fields a class may have, so that there is a bit for each in a word."""

ALWAYS: Final = 1 << MOST_PLACES
"""A bit that is set whichever fields are there."""

MOST_ASKED: Final = 16
"""How many fields there may be that a rule is about."""


class Reader:
    """Makes of a JSON value what an object holds, or gives a doubt, which may keep the value. It changes nothing.

    The keys of all dicts are texts: a key of another kind would be asked whether it is the one that is looked for.
    """

    __slots__ = ()

    def held(self, value: Any) -> Any:
        """Make what an object holds of a value."""
        raise NotImplementedError


class TextReader(Reader):
    """Reads free text."""

    __slots__ = ("_match", "_maximum")

    def __init__(self, maximum: int, match: Test) -> None:
        self._maximum = maximum
        self._match = match

    def held(self, value: Any) -> Any:
        # What is plainly good needs no look at the pattern; `wtisd_model.schema.constraints.holds` says why.
        if (
            type(value) is str
            and len(value) <= self._maximum
            and (
                (value and value[0] not in UNSEEN_FIRST and value[-1] != " " and value.isprintable())
                or self._match(value)
            )
        ):
            return value
        return UNSOUND


class PatternReader(Reader):
    """Reads text of a fixed form."""

    __slots__ = ("_maximum", "_test")

    def __init__(self, maximum: int, test: Test) -> None:
        self._maximum = maximum
        self._test = test

    def held(self, value: Any) -> Any:
        return value if type(value) is str and len(value) <= self._maximum and self._test(value) else UNSOUND


class EmailReader(PatternReader):
    """Reads an e-mail address."""

    __slots__ = ()


class FamiliarReader(Reader):
    """Reads text of a form of which the same few texts come again and again."""

    __slots__ = ("_familiar", "_maximum", "_texts")

    def __init__(self, maximum: int, familiar: Familiar) -> None:
        self._maximum = maximum
        self._familiar = familiar
        self._texts = familiar.texts

    def held(self, value: Any) -> Any:
        if type(value) is str and (
            value in self._texts or (len(value) <= self._maximum and self._familiar.learn(value))
        ):
            return value
        return UNSOUND


class OneOfReader(Reader):
    """Reads text out of a published list."""

    __slots__ = ("_values",)

    def __init__(self, values: frozenset[str]) -> None:
        self._values = values

    def held(self, value: Any) -> Any:
        return value if type(value) is str and value in self._values else UNSOUND


class ChoiceReader(Reader):
    """Reads the value of a member of an enum."""

    __slots__ = ("_members",)

    def __init__(self, members: dict[str, Any]) -> None:
        self._members = members

    def held(self, value: Any) -> Any:
        return self._members.get(value, UNSOUND) if type(value) is str else UNSOUND


class FlagReader(Reader):
    """Reads true or false."""

    __slots__ = ()

    def held(self, value: Any) -> Any:
        return value if type(value) is bool else UNSOUND


class WholeReader(Reader):
    """Reads a whole number."""

    __slots__ = ("_node",)

    def __init__(self, constraint: Integer) -> None:
        self._node = constraint

    def held(self, value: Any) -> Any:
        made = whole_of(self._node, value)
        return UNSOUND if made is None else made


class MomentReader(Reader):
    """Reads a moment (RFC 3339)."""

    __slots__ = ()

    def held(self, value: Any) -> Any:
        made: datetime | None = moment_of(value) if type(value) is str else None
        return UNSOUND if made is None else made


class WrittenReader(Reader):
    """Reads text of which objects hold something else; what *make* gives is None where the text is not of its form."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make

    def held(self, value: Any) -> Any:
        made = self._make(value) if type(value) is str else None
        return UNSOUND if made is None else made


class ItemsReader(Reader):
    """Reads a list of single values as a tuple, or as a frozenset, in which no two may be equal."""

    __slots__ = ("_is_set", "_item", "_maximum", "_minimum", "_unique")

    def __init__(self, item: Reader, minimum: int, maximum: int, unique: bool, is_set: bool) -> None:  # noqa: FBT001 - as compiled
        self._item = item
        self._minimum = minimum
        self._maximum = maximum
        self._unique = unique
        self._is_set = is_set

    def held(self, value: Any) -> Any:
        if type(value) is not _list or not self._minimum <= len(value) <= self._maximum:
            return UNSOUND
        made: list[Any] = []
        for each in value:
            one = self._item.held(each)
            if one is UNSOUND:
                return UNSOUND
            made.append(one)
        if self._unique and len(set(made)) != len(made):
            return UNSOUND
        return frozenset(made) if self._is_set else tuple(made)


class PartsReader(Reader):
    """Reads a list of objects as a tuple."""

    __slots__ = ("_maximum", "_minimum", "_part")

    def __init__(self, part: "Plan", minimum: int, maximum: int) -> None:
        self._part = part
        self._minimum = minimum
        self._maximum = maximum

    def held(self, value: Any) -> Any:
        if type(value) is not _list or not self._minimum <= len(value) <= self._maximum:
            return UNSOUND
        made: list[Any] = []
        doubts = 0
        for each in value:
            one = self._part.held(each)
            made.append(one)
            if isinstance(one, Doubt):
                doubts += 1
                if doubts == MOST_FINDINGS:  # more are not told; the rest is looked at when it is counted
                    break
        return PartsDoubt(made, value) if doubts else tuple(made)


class EntriesReader(Reader):
    """Reads an object whose keys are not known beforehand, such as translations by their language."""

    __slots__ = ("_key", "_maximum", "_value")

    def __init__(self, key: Reader, value: Reader, maximum: int) -> None:
        self._key = key
        self._value = value
        self._maximum = maximum

    def held(self, value: Any) -> Any:
        if type(value) is not _dict or len(value) > self._maximum:
            return UNSOUND
        for key, each in value.items():
            if self._key.held(key) is UNSOUND or self._value.held(each) is UNSOUND:
                return UNSOUND
        return value


class Place:
    """A field of a class: its number, name and key, what reads it, and what the object holds where it is *absent*."""

    __slots__ = ("absent", "key", "name", "number", "reader", "required")

    def __init__(self, number: int, name: str, key: str, reader: Reader, absent: Any, required: bool) -> None:  # noqa: FBT001 - as compiled
        self.number: int = number
        self.name: str = name
        self.key: str = key
        self.reader: Reader = reader
        self.absent: Any = absent
        self.required: bool = required


class Rule:
    """A rule between fields: what to *ask*, with which fields, by their numbers.

    It is asked where one of the fields is there whose bits are set in *about*: where they are all absent, it has
    nothing to say, unless `ALWAYS` is set too.
    """

    __slots__ = ("_ask", "_fields", "about", "asked")

    def __init__(self, ask: Invariant, fields: tuple[int, ...], about: int) -> None:
        if len(fields) > MOST_ASKED:
            raise TypeError("A rule between too many fields.")
        self._ask = ask
        self._fields = fields
        self.about: int = about
        self.asked: int = sum(1 << number for number in fields)
        """The fields, as the bits of their numbers."""

    def found(self, values: list[Any]) -> Iterable[Any]:
        """Give what is wrong between the fields of an object, whose *values* these are."""
        return self._ask(*[values[number] for number in self._fields])


class Filler:
    """Makes objects of a frozen class of what is in its slots, past their constructor.

    A constructor takes longer than everything else together, and checks again what has just been checked.
    What comes of it is an object like any other: equal, frozen, of the same type. That it is what the constructor would
    have accepted is shown by the tests of agreement.
    """

    __slots__ = ("_cls", "_setters")

    def __init__(self, cls: type, names: tuple[str, ...]) -> None:
        self._cls = cls
        self._setters: list[Callable[[Any, Any], None]] = [getattr(cls, name).__set__ for name in names]

    def __call__(self, *values: Any) -> Any:
        made = _new(self._cls)
        for setter, value in zip(self._setters, values, strict=True):
            setter(made, value)
        return made


class Plan(Reader):
    """Reads the objects of a class.

    What stands at the *head* of a dict is no field of it, and is looked for only where a key is not known.

    Where all is sound, *make* makes the object of the values of its fields, or gives None; without it, it is filled.
    """

    __slots__ = ("_absent", "_by_key", "_cls", "_head", "_make", "_required", "_rules", "_text")

    def __init__(
        self,
        cls: type,
        text: Text | None,
        places: tuple[Place, ...],
        rules: tuple[Rule, ...],
        make: Callable[..., Any] | None,
        head: dict[str, Any],
    ) -> None:
        if len(places) > MOST_PLACES:
            raise TypeError("A class with too many fields.")
        self._cls = cls
        self._text = text  # what free texts in it are narrowed to
        self._make = make or Filler(cls, tuple(place.name for place in places))
        self._head = head
        self._rules = rules
        self._by_key = {place.key: place for place in places}
        self._absent = [place.absent for place in places]
        self._required = sum(place.required for place in places)

    def held(self, value: Any) -> Any:
        if type(value) is not _dict:
            return UNSOUND
        plain: dict[str, Any] = value
        values = self._absent[:]
        doubtful: dict[str, Doubt] = {}
        lacking, there, known = self._required, ALWAYS, 0
        for key, each in plain.items():
            place = self._by_key.get(key)
            if place is None or each is None:
                # Not true, which is equal to the version of the format, too; 1.0 is the same number.
                known += each is not None and each == self._head.get(key) and type(each) is not bool
                continue
            known += 1
            lacking -= place.required
            there |= 1 << place.number
            made = place.reader.held(each)
            values[place.number] = made
            if isinstance(made, Doubt):
                doubtful[key] = made
        if not lacking and not doubtful and known == len(plain) and not self._is_broken(values, there):
            made = self._make(*values)
            if made is not None:
                return made
        return PartDoubt(self._cls, self._text, plain, known == len(plain), lacking, there, doubtful, values)

    parse: Final = None
    """What makes an object of bytes that are as most are, and gives None for a doubt: there is none in Python, where it
    would be slower than to parse them first."""

    def _is_broken(self, values: list[Any], there: int) -> bool:
        return any(any(rule.found(values)) for rule in self._rules if rule.about & there)


def snapshot(payload: dict[Any, Any], most: int) -> dict[str, Any] | None:
    """Copy a dict and all that is in it, if it is plain JSON and surely takes no more than *most* bytes.

    None where that is in doubt: where a key is no text, a value is another than JSON has or a number with a point, or
    dicts and lists are deep in one another, or in themselves. A value is taken to have a hundred bytes, and four for
    each character of it and of its key. What is copied may be changed meanwhile; of each dict and list what comes out
    is what it held at one moment.
    """
    whole: dict[str, Any] | None = _copy(payload) if A_VALUE * (1 + len(payload)) <= most else None
    if whole is None:
        return None
    size = A_VALUE * (1 + len(whole))
    level: list[Any] = [whole]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for copy in level:
            members = enumerate(copy)
            if type(copy) is _dict:
                size += A_CHARACTER * sum(map(len, copy))
                members = copy.items()
            for place, value in members:
                kind = cast("object", type(value))
                if kind is str:
                    size += A_CHARACTER * len(value)
                elif kind is _dict or kind is _list:
                    # Counted before it is copied: one list may stand in many places.
                    inner = _copy(value) if size + A_VALUE * len(value) <= most else None
                    if inner is None:
                        return None
                    size += A_VALUE * len(inner)
                    copy[place] = inner
                    below.append(inner)
                elif not (value is None or kind is bool or (kind is int and -MOST_EXACT <= value <= MOST_EXACT)):
                    return None
        if size > most:
            return None
        if not below:
            return whole
        level = below
    return None


def _copy(value: Any) -> Any:
    """Copy a list, or a dict whose keys are texts; None for another, or where somebody changes it meanwhile."""
    try:
        # A key of another kind may be asked for its equals by what copies the dict.
        if type(value) is _dict and not _TEXTS.issuperset(map(type, value)):
            return None
        copy = value.copy()
        return copy if type(copy) is _list or _TEXTS.issuperset(map(type, copy)) else None
    except Exception:  # noqa: BLE001 - whatever runs while it is copied
        return None


def holds_all(raw: bytes, plain: dict[str, Any]) -> bool:
    r"""Tell whether JSON holds no more than the dict that msgspec made of it.

    Of two equal keys msgspec keeps the last. What it dropped takes room, where JSON is written as short as it can be.
    Where it is written otherwise, it shows in the quotes: keys and texts have two each. A quote in a text adds one to
    them, if it is written with a backslash as it is by msgspec, or none, if it is escaped by its number.
    """
    written = _encode(plain)
    if len(raw) == len(written):
        return True
    quotes, ours = raw.count(b'"'), written.count(b'"')
    return quotes == ours - written.count(b'\\"') or (quotes == ours and b"\\u0022" not in raw)


_encode = Encoder().encode
