"""SHACL shapes of the Core Public Event Vocabulary 1.1.1, made from the tables of its specification.

Each property may be absent and may be repeated. So a shape says what its values are, and it is closed: a document has
no property that the specification does not have.

Source: https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/, "Main Entities", "Supportive Entities"
and "Quick Reference of Classes and Properties"; for times OWL-Time, to which it refers.
"""

from collections.abc import Iterator
from typing import Final

_PREFIXES: Final = {
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# "Text: a combination of a string and a language identifier", once in each language.
_TEXT: Final = "sh:datatype rdf:langString ; sh:uniqueLang true"
_LITERAL: Final = "sh:nodeKind sh:Literal"

_CLASSES: Final = {
    "Address": "locn:Address",
    "Agent": "foaf:Agent",
    "Code": "skos:Concept",
    "Contact Point": "cv:ContactPoint",
    "Document": "foaf:Document",
    "Instant": "time:Instant",
    "Linguistic System": "dct:LinguisticSystem",
    "Participation": "cv:Participation",
    "Public Event": "cv:PublicEvent",
    "Temporal Entity": "time:TemporalEntity",
}

_TABLES: Final = {
    "Address": """
        locn:addressArea Text
        locn:addressId Literal
        locn:adminUnitL1 Text
        locn:adminUnitL2 Text
        locn:fullAddress Text
        locn:locatorDesignator Literal
        locn:locatorName Text
        locn:postCode Literal
        locn:postName Text
        locn:poBox Literal
        locn:thoroughfare Text
    """,
    "Agent": """
        locn:address Address
        dct:title Text
        cv:participates Participation
        dct:type Code
    """,
    "Code": """
        skos:notation Literal
        skos:prefLabel Text
    """,
    "Contact Point": """
        cv:contactPage Document
        cv:email Literal
        cv:openingHours Temporal Entity
        cv:specialOpeningHoursSpecification Temporal Entity
        cv:telephone Literal
    """,
    "Document": "",
    "Instant": """
        time:inXSDDate xsd:date
        time:inXSDDateTimeStamp xsd:dateTimeStamp
    """,
    "Linguistic System": """
        dct:identifier Literal
    """,
    "Participation": """
        dct:description Text
        cv:hasParticipant Agent
        time:hasTime Temporal Entity
        dct:identifier Literal
        cv:role Code
    """,
    "Public Event": """
        cv:accessibility Text
        locn:address Address
        cv:audience Code
        cv:contactPoint Contact Point
        dct:description Text
        cv:eventNumber Text
        cv:eventStatus Code
        dct:type Code
        cv:expectedNumberOfParticipants xsd:integer
        cv:format Code
        cv:hasNextEvent Public Event
        cv:hasParticipation Participation
        cv:hasPreviousEvent Public Event
        time:hasTime Temporal Entity
        foaf:homepage Document
        dct:identifier Literal
        dct:language Linguistic System
        cv:parentEvent Public Event
        cv:registrationPage Document
        cv:subEvent Public Event
        dct:title Text
        dct:subject Code
    """,
    "Temporal Entity": """
        dct:description Text
        cv:frequency Code
        time:hasBeginning Instant
        time:hasEnd Instant
    """,
}


def shapes() -> str:
    """Return the shapes in Turtle."""
    prefixes = [f"@prefix {name}: <{iri}> ." for name, iri in _PREFIXES.items()]
    return "\n".join([*prefixes, *map(_shape, _TABLES)])


def _shape(name: str) -> str:
    properties = " ; ".join(["sh:ignoredProperties ( rdf:type )", *_properties(_TABLES[name])])
    return f"[] a sh:NodeShape ; sh:targetClass {_CLASSES[name]} ; sh:closed true ; {properties} ."


def _properties(table: str) -> Iterator[str]:
    for line in filter(None, map(str.strip, table.splitlines())):
        iri, _, values = line.partition(" ")
        fixed = {"Text": _TEXT, "Literal": _LITERAL}
        kind = f"sh:class {_CLASSES[values]}" if values in _CLASSES else fixed.get(values, f"sh:datatype {values}")
        yield f"sh:property [ sh:path {iri} ; {kind} ]"
