"""PatchObjects: "Implementations MUST NOT apply partial patches"."""

from copy import deepcopy
from typing import Any

import pytest

from wtisd_model import Code, InvalidValueError
from wtisd_model.jscalendar.read_times import patched
from wtisd_model.types.recurrence import StepBudget

MEMBERS: dict[str, Any] = {
    "uid": "e-1",
    "title": "Forum",
    "list": [{"a": 1}, 2],
    "locations": {"a/b": {"name": "Hall"}, "1": {"name": "Tower"}},
}


@pytest.mark.parametrize(
    ("patch", "changes"),
    [
        ({}, {}),
        ({"title": "New"}, {"title": "New"}),
        ({"title": None, "nothing": None}, {"title": None}),
        (
            {"locations/1/name": "T", "locations/1/x": 1},
            {"locations": MEMBERS["locations"] | {"1": {"name": "T", "x": 1}}},
        ),
        ({"locations/a~1b/name": "H"}, {"locations": MEMBERS["locations"] | {"a/b": {"name": "H"}}}),
        ({"list/0/a": 3, "list/1": 4}, {"list": [{"a": 3}, 4]}),
        ({"uid": "x", "relatedTo/x": {}, "recurrenceOverrides/x/y": {}}, {}),
    ],
)
def test_what_changes(patch: Any, changes: Any) -> None:
    before = deepcopy(MEMBERS)
    made = patched(MEMBERS, patch, StepBudget())
    assert made == {key: each for key, each in (MEMBERS | changes).items() if each is not None}
    assert before == MEMBERS


@pytest.mark.parametrize("path", ["nothing/x", "title/x", "list/2", "list/-", "list/5/a", "list/0/a/b", "list/9999999"])
def test_what_is_not_there(path: str) -> None:
    assert patched(MEMBERS, {"title": "New", path: 1}, StepBudget()) is None


@pytest.mark.parametrize("longer", ["locations/1", "locations/1/name"])
def test_no_pointer_is_the_prefix_of_another(longer: str) -> None:
    """RFC 8984 section 1.4.9."""
    whole: dict[str, Any] = {"1": {"name": "G"}}
    for patch in ({longer: {}, "locations": whole}, {"locations": whole, longer: {}}):
        assert patched(MEMBERS, patch, StepBudget()) is None
    assert whole == {"1": {"name": "G"}}


def test_an_item_cannot_be_removed() -> None:
    assert patched(MEMBERS, {"list/1": None}, StepBudget()) is None


def test_copies_take_steps() -> None:
    with pytest.raises(InvalidValueError) as caught:
        patched({"a": dict.fromkeys(map(str, range(100)))}, {"a/1": 1}, StepBudget(5))
    assert caught.value.findings[0].code == Code.RECURRENCE_TOO_COMPLEX


def test_a_pointer_that_is_deeper_than_any_document_is_refused_at_once() -> None:
    """Each prefix of a pointer is looked for among the others."""
    assert patched(MEMBERS, {"title" + "/a" * 1_000_000: 1}, StepBudget()) is None
