"""The fixed forms that many fields share."""

import time
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model.schema.constraints import Pattern
from wtisd_model.types.text import ConferenceAddress, Email, Identifier, Phone, Uid, WebAddress, has_possible_host


def pattern_of(annotation: Any) -> Pattern:
    (constraint,) = (each for each in get_args(annotation) if isinstance(each, Pattern))
    return constraint


IDENTIFIER, UID, EMAIL, PHONE = map(pattern_of, (Identifier, Uid, Email, Phone))
WEB, CONFERENCE = map(pattern_of, (WebAddress, ConferenceAddress))
LONG_DOMAIN = ".".join(["d" * 63] * 3)

GOOD: list[tuple[Pattern, str]] = [
    *((IDENTIFIER, each) for each in ["a", "0", "r-1", "A.b_c-9", "x" * 64]),
    *(
        (UID, each)
        for each in ["x", "~!", "0afd7437-a0a7-510e-b2b6-ac4856994a8c", "a@b", '";:,\\', "x" * 255, "a b", " a "]
    ),
    *(
        (EMAIL, each)
        for each in [
            "name@example.org",
            "a@b.co",
            "first.last+tag@sub.example.org",
            "!#$%&'*+/=?^_`{|}~-@example.org",
            "a@1.example.org",
            "a@xn--bcher-kva.example",
            "A@EXAMPLE.ORG",
            f"{'l' * 64}@example.org",
            f"{'l' * 58}@{LONG_DOMAIN}.org",  # 254 characters
        ]
    ),
    *((PHONE, each) for each in ["+41227306036", "+12", "+123456789012345"]),
    *(
        (WEB, each)
        for each in [
            "https://www.itu.int/wtisd",
            "http://example.org",
            "https://example.org:8080/a/b;c=1?d=e&f=(g)#h/i?j",
            "https://example.org?q",
            "https://example.org#f",
            "https://[2001:db8::1]/",
            "https://[::ffff:192.0.2.1]:443/",
            "https://192.0.2.1/",
            "https://192.0.2.1:65535/",
            "https://a.1.example/",
            "https://a--b.example",
            f"https://{LONG_DOMAIN}.{'d' * 61}/",  # 253 characters
            "https://example.org/a..b:99999/999.1.1.1",
            "https://xn--bcher-kva.example/%C3%A9",
            "https://example.org/~name/'quoted'/a,b!$*+=@:",
            "https://e/" + "x" * 2038,
        ]
    ),
    *(
        (CONFERENCE, each)
        for each in [
            "https://meet.example.org/1",
            "tel:+41227306036",
            "tel:+41227306036;ext=12",
            "tel:+41227306036,,123456#",
        ]
    ),
]

REFUSED: list[tuple[Pattern, str]] = [
    *((IDENTIFIER, each) for each in ["", "-a", ".a", "_a", "a b", "a/b", "é", "x" * 65, "a\n", "１", "a\0"]),
    *((UID, each) for each in ["", " ", "  ", "é", "a\n", "a\tb", "\x7f", "x" * 256, "１"]),
    *(
        (EMAIL, each)
        for each in [
            "",
            "@",
            "@@@",
            "name",
            "name@",
            "@example.org",
            "name@example",
            "name@localhost",
            "a@@example.org",
            "a@b@example.org",
            ".a@example.org",
            "a.@example.org",
            "a..b@example.org",
            "a b@example.org",
            "a@example..org",
            "a@.example.org",
            "a@example.org.",
            "a@-example.org",
            "a@example-.org",
            "a@exam_ple.org",
            "a@example.1org",
            "a@192.0.2.1",
            "a@[192.0.2.1]",
            '"a b"@example.org',
            "a@b.org\r\nBcc: x@example.org",
            "name@example.org\n",
            " name@example.org",
            "Name <name@example.org>",
            "mailto:name@example.org",
            "a@example.org,b@example.org",
            "名@example.org",
            "a@例え.example",
            "a@example.o\u0301rg",
            "\uff41@example.org",
            f"{'l' * 65}@example.org",
            f"a@{'d' * 64}.org",
            f"{'l' * 59}@{LONG_DOMAIN}.org",
        ]
    ),
    *(
        (PHONE, each)
        for each in [
            "",
            "+",
            "+1",
            "+0123",
            "41227306036",
            "0041227306036",
            "+41 22 730",
            "+41-22",
            "+1234567890123456",
        ]
    ),
    *(
        (PHONE, each)
        for each in [
            "+1234567890123456",
            "+４１22",
            "+41227306036\n",
            "++4122",
            "+41227306036x1",
            "tel:+41227306036",
            "+٤١٢٢",
        ]
    ),
    *(
        (constraint, each)
        for constraint in (WEB, CONFERENCE)
        for each in [
            "",
            "www.itu.int/wtisd",
            "ftp://example.org/",
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https:",
            "https://",
            "https:///path",
            "https://?q",
            "https://-a.org",
            "https://a.org-",
            "https://user@example.org/",
            "https://www.itu.int@evil.example/",
            "https://user:word@example.org/",
            "https://example.org:123456/",
            "https://example.org:x/",
            "https://example.org/a b",
            "https://example.org/é",
            "https://exämple.org/",
            "https://example.org/%",
            "https://example.org/%4",
            "https://example.org/%zz",
            "https://example.org/[1]",
            "https://example.org/?a[]=1",
            "https://example.org/#a#b",
            "https://example.org/<x>",
            'https://example.org/"x"',
            "https://example.org/\\x",
            "https://example.org/{x}",
            "https://example.org/|",
            "https://example.org/^",
            "https://example.org/`",
            "https://example.org/\r\nX: y",
            "https://example.org/\n",
            " https://example.org/",
            "https://[::::]/",
            "https://[1.2.3.4]/",
            "https://[abc]/",
            "https://[2001:db8::1/",
            "https://[]/",
            "https://[2001:db8::1%25eth0]/",
            "https://e/" + "x" * 2039,
        ]
    ),
    (WEB, "tel:+41227306036"),
    *((CONFERENCE, each) for each in ["tel:41227306036", "tel:+41 22", "tel:", "TEL:+4122", "tel:+41227306036#1#"]),
    *((CONFERENCE, each) for each in ["tel:+41227306036\n", "tel:+41227306036;x=<", "tel:+４１22", "sip:a@b.org"]),
]


IMPOSSIBLE = [
    "https://example.org:65536",
    "https://example.org:99999/",
    "https://192.0.2.1:99999/",
    "https://[2001:db8::1]:99999/",
    "https://a..b/",
    "https://example..org/",
    "https://a.-b.example/",
    "https://a-.b.example/",
    f"https://{'d' * 64}.example/",
    f"https://{LONG_DOMAIN}.{'d' * 62}/",
    "https://999.1.1.1/",
    "https://192.0.2/",
    "https://192.0.2.01/",
    "https://example.1/",
]


class TestAddresses:
    """Older documents may have hosts and ports that cannot exist: they are read, and `check` names them."""

    @pytest.mark.parametrize("address", IMPOSSIBLE)
    def test_an_address_that_leads_nowhere_is_read(self, address: str) -> None:
        assert WEB.check(address) is CONFERENCE.check(address) is None
        assert not has_possible_host(address)

    @pytest.mark.parametrize(("constraint", "address"), [each for each in GOOD if each[0] in {WEB, CONFERENCE}])
    def test_others_can_exist(self, constraint: Pattern, address: str) -> None:
        assert constraint.check(address) is None
        assert has_possible_host(address)


class TestForms:
    """CONTRACT: id, uid, e-mail 254, URI 2,048; a final newline and digits of other scripts are never let through."""

    @pytest.mark.parametrize(("constraint", "value"), GOOD)
    def test_a_valid_value_is_accepted(self, constraint: Pattern, value: str) -> None:
        assert constraint.check(value) is None

    @pytest.mark.parametrize(("constraint", "value"), REFUSED)
    def test_an_invalid_value_is_refused(self, constraint: Pattern, value: str) -> None:
        found = constraint.check(value)
        assert found is not None
        assert found.code == constraint.code

    @pytest.mark.parametrize("outside", ["{}\n", "\n{}", "{} ", " {}", "{}\0", "{}\u2028", "\ufeff{}"])
    def test_nothing_may_precede_or_follow_it(self, outside: str) -> None:
        spoiled = [(constraint, outside.format(value)) for constraint, value in GOOD if constraint is not UID]
        assert [value for constraint, value in spoiled if constraint.check(value) is None] == []

    @pytest.mark.parametrize("outside", ["{}\n", "\n{}", "{}\0", "{}\t", "{}\u2028", "\ufeff{}", "\xa0{}"])
    def test_only_spaces_may_precede_or_follow_a_uid(self, outside: str) -> None:
        assert UID.check(outside.format("x")) is not None
        assert UID.check("  x ") is None

    @given(st.text(max_size=80), st.text(max_size=80))
    def test_every_accepted_address_is_printable_ascii_with_one_at_sign(self, left: str, right: str) -> None:
        value = f"{left}@{right}"
        if EMAIL.check(value) is None:
            assert value.count("@") == 1
            assert value.isascii()
            assert value.isprintable()
            assert " " not in value

    @pytest.mark.parametrize(
        "constraint", [IDENTIFIER, UID, EMAIL, PHONE, WEB, CONFERENCE], ids=lambda constraint: constraint.code
    )
    def test_ten_million_characters_are_refused_at_once(self, constraint: Pattern) -> None:
        value = "https://a@" + "a." * 5_000_000
        began = time.process_time()
        assert constraint.check(value) is not None
        assert time.process_time() - began < 1
