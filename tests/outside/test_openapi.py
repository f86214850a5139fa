"""The components for OpenAPI and the types in TypeScript, read by a linter, a generator and a compiler."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.gates.code_blocks import blocks
from tests.json.generate import TYPES
from tests.json.mutations import FULL, changed, distinct_places, shape_is_good, without
from tests.outside.node import node, node_modules, run_node
from tests.outside.schema_readers import Document, documents, reader_accepts
from wtisd_model import openapi_components
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS

pytestmark = pytest.mark.outside

COUNT = 1_000
"""Documents of all kinds together, every third of them as it was generated."""

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "json-schema.md"
DECLARATIONS = files("wtisd_model.json").joinpath("schemas", TYPES).read_text(encoding="utf-8")


def component(cls: type, *, submission: bool) -> str:
    return f"{cls.__name__}Submission" if submission else cls.__name__


def compile_types(folder: Path, **modules: str) -> None:
    """Compile modules of TypeScript next to our types, with all checks, and fail if the compiler finds anything."""
    (folder / TYPES).write_text(DECLARATIONS, encoding="utf-8")
    for name, text in modules.items():
        (folder / f"{name}.ts").write_text(text, encoding="utf-8")
    options = ("--strict", "--exactOptionalPropertyTypes", "--noEmit", "--target", "es2022", "--lib", "es2022,dom")
    run_node(node_modules() / "typescript" / "bin" / "tsc", b"", *options, *(folder / f"{each}.ts" for each in modules))


def constants(made: list[tuple[str, Document, bool]]) -> str:
    """Return a module with a constant for each document; the compiler has to refuse the bad ones."""
    names = ", ".join(sorted({name for name, _, _ in made}))
    lines = [f'import type {{ {names} }} from "./wtisd-model";']
    for index, (name, document, good) in enumerate(made):
        if not good:
            lines.append("// @ts-expect-error")
        lines.append(f"export const document{index}: {name} = {json.dumps(document)};")
    return "\n".join(lines)


def damaged(cls: type) -> Iterator[tuple[str, Document, bool]]:
    """Yield a full document without each of its members, with null instead of each, and with an unknown one."""
    document = FULL[cls]
    for place in distinct_places(document):
        if "extensions" in place[:-1]:  # any JSON
            continue
        tried = [changed(document, place, None)]
        if isinstance(place[-1], str):
            tried += [without(document, place), changed(document, (*place[:-1], "unknownKey"), 1)]
        for each in tried:
            yield cls.__name__, each, shape_is_good(cls, each)


def service() -> Document:
    """Return the description of a web service that has all our schemas."""

    def content(name: str, media_type: str = "application/json") -> Document:
        schema = {"$ref": f"#/components/schemas/{name}"}
        return {"description": name, "content": {media_type: {"schema": schema}}}

    refused = content("Problem", "application/problem+json")
    paths: Document = {}
    for cls in DOCUMENTS:
        name = cls.__name__
        get = {"operationId": f"get{name}", "summary": name, "responses": {"200": content(name), "404": refused}}
        paths[f"/{name}"] = {"get": get}
        if cls in SUBMISSIONS:
            paths[f"/{name}"]["post"] = {
                "operationId": f"post{name}",
                "summary": name,
                "requestBody": content(component(cls, submission=True)),
                "responses": {"201": content(name), "422": refused},
            }
    return {
        "openapi": "3.1.1",
        "info": {"title": "Event", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "https://api.example.org"}],
        "security": [],
        "paths": paths,
        "components": {"schemas": openapi_components()},
    }


@pytest.fixture
def description(tmp_path: Path) -> Path:
    path = tmp_path / "service.json"
    path.write_text(json.dumps(service()), encoding="utf-8")
    return path


class TestComponents:
    """Programs for OpenAPI read the components, and ajv has the verdict of the reader by them."""

    def test_ajv_judges_as_the_reader_does(self) -> None:
        tried = documents(COUNT)
        task = {
            "components": openapi_components(),
            "documents": {component(cls, submission=sent): each for (cls, sent), each in tried.items()},
        }
        lines = node("ajv_components.cjs", json.dumps(task).encode()).split()
        for ((cls, sent), each), verdicts in zip(tried.items(), lines, strict=True):
            differing = [
                document
                for document, verdict in zip(each, verdicts, strict=True)
                if reader_accepts(cls, document, submission=sent) is not (verdict == "1")
            ]
            assert differing == []

    def test_the_linter_of_redocly_has_nothing_to_say(self, description: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REDOCLY_TELEMETRY", "off")
        monkeypatch.setenv("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
        program = node_modules() / "@redocly" / "cli" / "bin" / "cli.js"
        found = json.loads(run_node(program, b"", "lint", "--format=json", description))
        assert found["problems"] == []

    def test_a_generator_of_types_makes_the_same_types_as_ours(self, description: Path, tmp_path: Path) -> None:
        program = node_modules() / "openapi-typescript" / "bin" / "cli.js"
        run_node(program, b"", description, "--output", tmp_path / "generated.ts")
        lines = ['import type { components } from "./generated";', 'import type * as ours from "./wtisd-model";']
        for name in openapi_components():
            theirs, mine = f'components["schemas"]["{name}"]', f"ours.{name}"
            lines.append(f"export const from{name} = (value: {theirs}): {mine} => value;")
            lines.append(f"export const to{name} = (value: {mine}): {theirs} => value;")
        compile_types(tmp_path, same="\n".join(lines))


class TestTypes:
    """A document of good shape has the type of its class; one with a missing or an unknown member has not."""

    def test_a_document_has_the_type_of_its_class(self, tmp_path: Path) -> None:
        good = [
            (component(cls, submission=sent), document, True)
            for (cls, sent), each in documents(COUNT).items()
            for document in each
            if reader_accepts(cls, document, submission=sent)
        ]
        assert len(good) >= COUNT / 3
        compile_types(tmp_path, good=constants(good))

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_the_compiler_knows_each_member_that_is_missing_null_or_unknown(self, cls: type, tmp_path: Path) -> None:
        compile_types(tmp_path, damaged=constants(list(damaged(cls))))

    def test_the_example_in_the_docs_compiles(self, tmp_path: Path) -> None:
        (example,) = [each.text for each in blocks(PAGE.read_text(encoding="utf-8")) if each.language == "typescript"]
        compile_types(tmp_path, example=example)
