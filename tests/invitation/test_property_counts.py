"""RFC 5546 section 3.2: each method has a table of property counts."""

import pytest

from tests.invitation.messages import PLAIN, every_message
from tests.invitation.refusal import refused
from wtisd_model import Code, MessageError
from wtisd_model.invitation import Method
from wtisd_model.invitation.property_counts import calendar_around

LEAST = ["UID", "DTSTAMP", "ORGANIZER"]
WHEN = ["DTSTART", "SUMMARY"]
PERSON, SEQUENCE = "ATTENDEE", "SEQUENCE"

GOOD: dict[Method, list[str]] = {
    Method.PUBLISH: [*LEAST, *WHEN],
    Method.REQUEST: [*LEAST, *WHEN, PERSON],
    Method.REPLY: [*LEAST, PERSON],
    Method.CANCEL: [*LEAST, SEQUENCE],
    Method.REFRESH: [*LEAST, PERSON],
    Method.COUNTER: [*LEAST, *WHEN, SEQUENCE],
    Method.DECLINECOUNTER: [*LEAST, PERSON, SEQUENCE],  # ADD is never written: there are no recurring events
}


def check(method: Method, properties: list[str], *components: str) -> None:
    lines = b"".join(f"{name}:\r\n".encode() for name in properties)
    calendar_around(method, lines, b"".join(f"BEGIN:{name}\r\n".encode() for name in components), utc=True)


class TestCounts:
    """Missing and superfluous properties are rejected."""

    @pytest.mark.parametrize("method", GOOD)
    def test_the_least_is_enough(self, method: Method) -> None:
        check(method, GOOD[method])

    @pytest.mark.parametrize(("method", "missing"), [(each, line) for each in GOOD for line in GOOD[each]])
    def test_each_line_of_it_is_needed(self, method: Method, missing: str) -> None:
        with refused(Code.PROPERTY_COUNT, ""):
            check(method, [each for each in GOOD[method] if each != missing])

    @pytest.mark.parametrize("method", GOOD)
    def test_nothing_that_is_one_stands_twice(self, method: Method) -> None:
        for twice in [*LEAST, "RECURRENCE-ID"]:
            with refused(Code.PROPERTY_COUNT, ""):
                check(method, [*GOOD[method], twice, twice])

    @pytest.mark.parametrize(
        ("method", "line"),
        [
            (Method.PUBLISH, PERSON),
            (Method.REFRESH, SEQUENCE),
            (Method.REFRESH, "SUMMARY"),
            (Method.DECLINECOUNTER, "X-FORGED"),
            (Method.REQUEST, "REQUEST-STATUS"),
            (Method.REQUEST, "X-FORGED"),
        ],
    )
    def test_what_a_method_does_not_have_is_refused(self, method: Method, line: str) -> None:
        with refused(Code.PROPERTY_COUNT, ""):
            check(method, [*GOOD[method], line])

    @pytest.mark.parametrize("method", GOOD)
    def test_only_what_is_to_come_reminds(self, method: Method) -> None:
        if method in {Method.PUBLISH, Method.REQUEST, Method.COUNTER}:
            check(method, GOOD[method], "VALARM", "VALARM")
        else:
            with refused(Code.PROPERTY_COUNT, ""):
                check(method, GOOD[method], "VALARM")

    def test_it_says_what_is_wrong(self) -> None:
        with pytest.raises(MessageError, match="ATTENDEE is missing from a REQUEST; allowed: at least one") as caught:
            check(Method.REQUEST, [*LEAST, *WHEN])
        (found,) = caught.value.findings
        assert found.params == {"property": "ATTENDEE", "count": 0, "method": "REQUEST", "allowed": "at-least-one"}

    def test_all_of_ours_hold(self) -> None:
        assert len(list(every_message(PLAIN))) == 20
