"""Where a value of an event comes from."""

import pytest

from tests.refusals import refused
from tests.samples.whole import provenance
from wtisd_model import Code, Event, ProvenanceKind, from_json, wtisd_23


class TestPath:
    """RFC 6901: each reference token follows a slash."""

    @pytest.mark.parametrize("path", ["/uid", "/slot/timeZone", "/title/translations/zh-Hans", "/locations/0/country"])
    def test_a_pointer_is_accepted(self, path: str) -> None:
        assert provenance(path=path).path == path

    @pytest.mark.parametrize(
        "path", ["", "/", "uid", "/uid/", "//uid", "/slot/time_zone", "/a~0b", "/uid\n", "/title/é"]
    )
    def test_anything_else_is_refused(self, path: str) -> None:
        assert refused(lambda: provenance(path=path)) == (Code.PATH_MALFORMED, "/path")

    def test_it_is_at_most_255_characters_long(self) -> None:
        assert len(provenance(path="/" + "a" * 254).path) == 255
        assert refused(lambda: provenance(path="/" + "a" * 255)) == (Code.PATH_MALFORMED, "/path")


class TestEvent:
    def test_the_kind_is_required_and_all_else_may_be_left_out(self) -> None:
        whole = {"uid": "e-1", "title": {"text": "Forum", "language": "en"}, "status": "draft"}
        event = from_json(Event, {**whole, "provenance": [{"path": "/title", "kind": "outside"}]})
        (found,) = event.provenance
        assert (found.kind, found.url, found.note) == (ProvenanceKind.OUTSIDE, None, None)

    def test_one_value_may_have_several_sources(self) -> None:
        paths = [each.path for each in wtisd_23(outside_facts=True).provenance]
        assert paths.count("/title/translations/en") == 2
