"""The how-to about editors: the language service of VS Code, and what jq makes of findings."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.gates.code_blocks import blocks
from tests.outside.node import node
from wtisd_model.cli.main import run

pytestmark = pytest.mark.outside

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "editors.md"
BLOCKS = [*blocks(PAGE.read_text(encoding="utf-8"))]
DOCUMENT, SETTINGS, TASKS = (json.loads(each.text) for each in BLOCKS if each.language == "json")
(LINES,) = (each.text for each in BLOCKS if each.file == "lines.jq")
(ANNOTATIONS,) = (each.text.split("'")[1] for each in BLOCKS if each.text.startswith("- shell: bash"))


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["schema", "--out", str(tmp_path / "schemas")]) == 0
    capsys.readouterr()
    return tmp_path


def mistakes(folder: Path, name: str, document: object, **settings: object) -> list[tuple[int, str]]:
    """Return the line and the message of each mistake that VS Code shows in a document."""
    task = {"address": (folder / name).as_uri(), "text": json.dumps(document, indent=2), **settings}
    found: list[tuple[int, str]] = [
        (line, message) for line, message in json.loads(node("vscode_json.cjs", json.dumps(task).encode()))
    ]
    return found


class TestVisualStudioCode:
    """What the page shows works in VS Code's own language service."""

    def test_a_document_names_its_schema(self, folder: Path) -> None:
        assert mistakes(folder, "forum.json", DOCUMENT) == []
        ((line, message),) = mistakes(folder, "forum.json", {**DOCUMENT, "titel": "Forum"})
        assert line == 10
        assert "titel" in message

    def test_the_settings_say_which_files_have_which_schema(self, folder: Path) -> None:
        schemas: list[dict[str, Any]] = [
            {"fileMatch": each["fileMatch"], "uri": (folder / each["url"]).resolve().as_uri()}
            for each in SETTINGS["json.schemas"]
        ]
        document = {key: each for key, each in DOCUMENT.items() if key != "$schema"} | {"titel": "Forum"}
        assert len(mistakes(folder, "events/forum.json", document, schemas=schemas)) == 1
        assert mistakes(folder, "other/forum.json", document, schemas=schemas) == []


class TestLines:
    """What jq makes of findings is what editors and GitHub read."""

    def written(self, folder: Path, capsys: pytest.CaptureFixture[str], program: str) -> str:
        """Return what jq makes of the findings in a document."""
        path = folder / "forum.json"
        path.write_text(json.dumps({**DOCUMENT, "titel": "Forum"}, indent=2), encoding="utf-8")
        assert run(["validate", "--json", str(path)]) == 1
        told = capsys.readouterr().out
        return subprocess.run(["jq", "-r", program], input=told, capture_output=True, text=True, check=True).stdout  # noqa: S603, S607 - what the page says

    def test_the_pattern_of_the_task_reads_them(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        pattern = TASKS["tasks"][0]["problemMatcher"]["pattern"]
        match = re.fullmatch(pattern["regexp"], self.written(folder, capsys, LINES).rstrip("\n"))
        assert match
        named = {key: match[group] for key, group in pattern.items() if isinstance(group, int)}
        assert named == {
            "severity": "error",
            "file": str(folder / "forum.json"),
            "line": "10",
            "column": "3",
            "message": "Unknown key. [key-unknown /titel]",
        }

    def test_they_are_annotations_for_github(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        place = f"file={folder / 'forum.json'},line=10,col=3,title=key-unknown"
        assert self.written(folder, capsys, ANNOTATIONS) == f"::error {place}::/titel Unknown key.\n"
