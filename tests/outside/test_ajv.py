"""ajv, written in JavaScript, and jsonschema have one verdict by the published schemas."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.json.test_agreement import FULL, NASTY, changed, distinct_places
from tests.outside.node import node
from wtisd_model.json.schema_files import json_schema
from wtisd_model.model.documents import DOCUMENTS

pytestmark = pytest.mark.outside


class TestSchemas:
    """CONTRACT: a pattern "means the same in Python, jsonschema, msgspec and ECMA"."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_ajv_and_jsonschema_have_one_verdict_on_every_nasty_value_in_every_place(self, cls: type) -> None:
        schema, document = json_schema(cls), FULL[cls]
        everywhere = list(distinct_places(document))
        task = {"schema": schema, "document": document, "places": everywhere, "values": NASTY}
        good, *theirs = node("ajv.cjs", json.dumps(task).encode()).split()
        assert good == "1"
        judge = Draft202012Validator(schema)
        ours = [
            "".join("1" if judge.is_valid(changed(document, place, value)) else "0" for value in NASTY)
            for place in everywhere
        ]
        differing = [
            (place, value)
            for place, one, other in zip(everywhere, ours, theirs, strict=True)
            for value, our, their in zip(NASTY, one, other, strict=True)
            if our != their
        ]
        assert differing == []
