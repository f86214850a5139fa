"""The published schemas in other validators: ajv, in JavaScript, and jsonschema-rs, in Rust."""

import json
from pathlib import Path

import pytest

from tests.gates.code_blocks import blocks
from tests.json.mutations import FULL, NASTY, changed, distinct_places
from tests.outside.node import node, run_node
from tests.outside.schema_readers import COUNT, documents, reader_accepts, rust_verdicts
from wtisd_model import json_schema
from wtisd_model.cli.main import run
from wtisd_model.model.documents import DOCUMENTS, schema_name, schema_variants

pytestmark = pytest.mark.outside

ALL = [pytest.param(*each, id=schema_name(each[0], submission=each[1])) for each in schema_variants()]
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "json-schema.md"

# A moment that leaves its year in UTC; docs/how-to/json-schema.md says that no other validator knows it.
_IN_ANOTHER_YEAR = "2199-12-31T23:59:59-00:01"


class TestSchemas:
    """Shape has one verdict everywhere: a pattern means the same in Python, Rust and JavaScript."""

    def test_there_are_enough_documents_of_every_kind_good_and_bad(self) -> None:
        tried = documents()
        assert sum(map(len, tried.values())) >= COUNT
        for (cls, submission), each in tried.items():
            good = sum(reader_accepts(cls, document, submission=submission) for document in each)
            assert good >= 50, cls
            assert len(each) - good >= 50, cls

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_ajv_in_strict_mode_and_jsonschema_rs_judge_as_the_reader_does(self, cls: type, submission: bool) -> None:
        schema, tried = json_schema(cls, submission=submission), documents()[cls, submission]
        task = {"schema": schema, "document": None, "places": [], "values": [], "documents": tried}
        _, ajv = node("ajv.cjs", json.dumps(task).encode()).split()
        judged = zip(tried, ajv, rust_verdicts(schema, tried), strict=True)
        verdicts = [
            (document, reader_accepts(cls, document, submission=submission), js == "1", rust)
            for document, js, rust in judged
        ]
        assert [each for each in verdicts if len(set(each[1:])) > 1] == []

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_so_they_do_for_every_nasty_value_in_every_place(self, cls: type) -> None:
        schema, document = json_schema(cls), FULL[cls]
        everywhere = list(distinct_places(document))
        values = [each for each in NASTY if each != _IN_ANOTHER_YEAR]
        task = {"schema": schema, "document": document, "places": everywhere, "values": values, "documents": []}
        good, *theirs = node("ajv.cjs", json.dumps(task).encode()).split()
        assert good == "1"
        differing = []
        for place, verdicts in zip(everywhere, theirs, strict=True):
            bad = [changed(document, place, value) for value in values]
            for value, each, js, rust in zip(values, bad, verdicts, rust_verdicts(schema, bad), strict=True):
                if {js == "1", rust} != {reader_accepts(cls, each, submission=False)}:
                    differing.append((place, value))
        assert differing == []


class TestPage:
    """The example for JavaScript in the docs prints what the page says."""

    def test_the_example_for_javascript_runs(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "--out", str(tmp_path / "schemas")]) == 0
        capsys.readouterr()
        page = list(blocks(PAGE.read_text(encoding="utf-8")))
        (index,) = [index for index, block in enumerate(page) if block.language == "javascript"]
        script = tmp_path / "example.cjs"
        script.write_text(page[index].text, encoding="utf-8")
        assert run_node(script, b"") == page[index + 1].text
