"""Tables with the data of a picture, as HTML reads them."""

from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_html, read_xml, text_of
from tests.markup.texts import TEXTS
from wtisd_model.pictures.picture import Cell, Rows, table_of


class TestTable:
    """HTML section 4.9: each heading says with its scope which cells it is for."""

    @LAW
    @given(TEXTS, TEXTS)
    def test_texts_are_data(self, name: str, value: str) -> None:
        table = table_of(name, (value, name), [Rows((name, "fr"), [[Cell(value)]])], "en")
        for found in (read_html(table), read_xml(table)):
            assert [text_of(each) for each in found.iter() if each.tag in {"caption", "th", "td"}] == [
                *(name, value, name),
                *(name, value),
            ]
            assert {each.tag for each in found.iter()} <= {
                "table",
                "caption",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
                "bdi",
                "br",
            }

    def test_a_row_has_its_heading(self) -> None:
        cells = [Cell("7", is_number=True), Cell("1 May", is_short=True), Cell("none")]
        columns = ("Group", "People", "Since", "Note")
        root = read_html(table_of("Numbers", columns, [Rows(("Suisse", "fr"), [cells])], "en"))
        assert [each.get("scope") for each in root.iter("th")] == [*["col"] * 4, "row"]
        assert [each.attrib for each in root.iter("bdi")] == [{"lang": "fr"}]
        assert root.get("class") == "wm-numbers"
        assert [(each.text, each.get("class")) for each in root.iter("td")] == [
            ("7", None),
            ("1 May", "wm-short"),
            ("none", "wm-text"),
        ]

    def test_rows_that_belong_together_share_a_heading_and_what_is_beside_it(self) -> None:
        rows = [[Cell(tag, heads_row=True), Cell("1", is_number=True)] for tag in ("en", "fr")]
        opening = Rows(("Opening", "en"), rows, [Cell("09:00")])
        table = table_of("Numbers", ("Session", "Time", "Language", "People"), [opening], "en")
        head, first, second = read_html(table).iter("tr")
        assert [(each.tag, each.get("scope"), each.get("rowspan")) for each in first] == [
            ("th", "rowgroup", "2"),
            ("td", None, "2"),
            ("th", "row", None),
            ("td", None, None),
        ]
        assert [(each.tag, each.get("scope")) for each in second] == [("th", "row"), ("td", None)]
        assert len(head) == len(first)
