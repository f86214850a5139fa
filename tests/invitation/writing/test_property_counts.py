"""RFC 5546 section 3.2: a table for each method says how often a property may stand."""

import pytest

from tests.invitation.refusal import refused
from tests.invitation.test_injection import PLAIN, every_message
from wtisd_model.codes import Code
from wtisd_model.findings import MessageError
from wtisd_model.invitation.message import Method
from wtisd_model.invitation.writing.property_counts import check_counts

LEAST = [b"UID:1\r\n", b"DTSTAMP:20230101T000000Z\r\n", b"ORGANIZER:mailto:o@example.org\r\n"]
WHEN = [b"DTSTART:20230101T000000Z\r\n", b"SUMMARY:a\r\n"]
PERSON, SEQUENCE = b"ATTENDEE:mailto:p1@example.org\r\n", b"SEQUENCE:0\r\n"

GOOD: dict[Method, list[bytes]] = {
    Method.PUBLISH: [*LEAST, *WHEN],
    Method.REQUEST: [*LEAST, *WHEN, PERSON],
    Method.REPLY: [*LEAST, PERSON],
    Method.CANCEL: [*LEAST, SEQUENCE],
    Method.REFRESH: [*LEAST, PERSON],
    Method.COUNTER: [*LEAST, *WHEN, SEQUENCE],
    Method.DECLINECOUNTER: LEAST,
}


class TestCounts:
    """What is missing, and what is too much."""

    @pytest.mark.parametrize("method", Method)
    def test_the_least_is_enough(self, method: Method) -> None:
        check_counts(method, GOOD[method])

    @pytest.mark.parametrize(("method", "missing"), [(each, line) for each in Method for line in GOOD[each]])
    def test_each_line_of_it_is_needed(self, method: Method, missing: bytes) -> None:
        with refused(Code.PROPERTY_COUNT, ""):
            check_counts(method, [each for each in GOOD[method] if each != missing])

    @pytest.mark.parametrize("method", Method)
    def test_nothing_that_is_one_stands_twice(self, method: Method) -> None:
        for twice in [*LEAST, b"RECURRENCE-ID:20230101\r\n"]:
            with refused(Code.PROPERTY_COUNT, ""):
                check_counts(method, [*GOOD[method], twice, twice])

    @pytest.mark.parametrize(
        ("method", "line"),
        [
            (Method.PUBLISH, PERSON),
            (Method.REFRESH, SEQUENCE),
            (Method.REFRESH, b"SUMMARY:a\r\n"),
            (Method.DECLINECOUNTER, PERSON),
            (Method.DECLINECOUNTER, b"DTSTART:20230101T000000Z\r\n"),
            (Method.REQUEST, b"REQUEST-STATUS:2.0;Success\r\n"),
            (Method.REQUEST, b"X-FORGED:1\r\n"),
        ],
    )
    def test_what_a_method_does_not_have_is_refused(self, method: Method, line: bytes) -> None:
        with refused(Code.PROPERTY_COUNT, ""):
            check_counts(method, [*GOOD[method], line])

    @pytest.mark.parametrize("method", Method)
    def test_only_what_is_to_come_reminds(self, method: Method) -> None:
        if method in {Method.PUBLISH, Method.REQUEST, Method.COUNTER}:
            check_counts(method, GOOD[method], alarms=2)
        else:
            with refused(Code.PROPERTY_COUNT, ""):
                check_counts(method, GOOD[method], alarms=1)

    def test_a_folded_line_counts_once(self) -> None:
        check_counts(Method.REQUEST, [*GOOD[Method.REQUEST], b"COMMENT:a\r\n UID:b\r\n"])

    def test_it_says_what_is_wrong(self) -> None:
        with pytest.raises(
            MessageError, match="ATTENDEE stands 0 times in a REQUEST, which has at least one"
        ) as caught:
            check_counts(Method.REQUEST, [*LEAST, *WHEN])
        (found,) = caught.value.findings
        assert found.params == {"property": "ATTENDEE", "count": 0, "method": "REQUEST", "allowed": "at least one"}

    def test_all_of_ours_hold(self) -> None:
        assert len(list(every_message(PLAIN))) == 20
