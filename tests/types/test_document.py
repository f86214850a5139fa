"""Documents that govern an event, such as the letter that invites to it."""

from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.whole import document, reference, text
from wtisd_model import DocumentKind


class TestIssueDate:
    """A day, or only a month where the day is not known (ISO 8601)."""

    @pytest.mark.parametrize("issued", ["2023-04-12", "2023-04", "1900-01", "2199-12-31", "2024-02-29"])
    def test_a_day_or_a_month_is_accepted(self, issued: str) -> None:
        assert document(symbol=None, issued=issued, follows=None).issued == issued

    @pytest.mark.parametrize(
        "issued",
        [
            "2023",
            "2023-4",
            "2023-13",
            "2023-00",
            "2023-04-31",
            "2023-02-29",
            "1899-12",
            "2200-01",
            "2023-04-12\n",
            "2023-04\n",
            "20230412",
            "2023-W15",
            "２０２３-04",
            "",
            "12 avril 2023",
            "2023-04-12T00:00:00Z",
        ],
    )
    def test_anything_else_is_refused(self, issued: str) -> None:
        assert refused(lambda: document(issued=issued)) == ("date-unreadable", "/issued")


class TestDocument:
    """E07: a document follows neither itself nor a newer one; year in symbol = year of issue."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"issued": "2022-04-12"}, "document-year-differs", "/symbol"),
            ({"symbol": "CL-22/9"}, "document-year-differs", "/symbol"),
            ({"follows": reference(symbol="CL-23/9")}, "document-follows-itself", "/follows/symbol"),
            ({"follows": reference(issued="2023-05")}, "document-follows-newer", "/follows/issued"),
            ({"follows": reference(issued="2023-04-13")}, "document-follows-newer", "/follows/issued"),
            ({"issued": "2023-02"}, "document-follows-newer", "/follows/issued"),
            ({"language": "fra"}, "language-unknown", "/language"),
            ({"title": text("two\nlines")}, "text-control", "/title/text"),
            ({"url": "www.itu.int"}, "uri-malformed", "/url"),
            ({"signed": 1}, "wrong-type", "/signed"),
            ({"kind": "agendas"}, "value-unknown", "/kind"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: document(**changes)) == (code, path)

    @pytest.mark.parametrize(
        "changes",
        [
            {"follows": None},
            {"symbol": None},
            {"symbol": "Res. 154"},  # another form of symbol says no year
            {"symbol": "cl-22/9"},
            {"symbol": "CL-23/9", "issued": None},
            {"follows": reference(issued="2023-04")},  # the same month
            {"follows": reference(issued="2023-04-12")},  # the same day
            {"follows": reference(symbol=None, issued=None)},
            {"issued": "2023-04"},
        ],
    )
    def test_unknown_values_contradict_nothing(self, changes: dict[str, Any]) -> None:
        assert evolve(document(), **changes).kind is DocumentKind.CIRCULAR_LETTER

    def test_the_symbol_of_the_followed_document_has_its_year_too(self) -> None:
        assert refused(lambda: reference(issued="2022-03")) == ("document-year-differs", "/symbol")
