"""The hook for pre-commit, installed from this repository as in that of a user."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.gates.code_blocks import blocks
from tests.json.examples import example

pytestmark = pytest.mark.outside

CHECKOUT = Path(__file__).parents[2]
PAGE = CHECKOUT / "docs" / "how-to" / "editors.md"


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "hooks"), "WTISD_MODEL_PURE": "1"}
    return subprocess.run(  # noqa: S603 - git, and pre-commit of this environment
        list(map(str, arguments)), cwd=folder, env=env, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git = shutil.which("git")
    assert git, "git is missing"
    assert run(git, "init", "-q", ".", folder=folder).returncode == 0
    return folder


class TestHook:
    """`.pre-commit-hooks.yaml`: id, name, entry, language and types of each hook."""

    def test_it_fails_for_a_document_with_errors_and_says_which(self, repository: Path) -> None:
        good: dict[str, Any] = example("event")
        for name, document in (("good.json", good), ("bad.json", {**good, "titel": "Forum"})):
            (repository / name).write_text(json.dumps(document), encoding="utf-8")
        (repository / "notes.txt").write_text("not a document", encoding="utf-8")
        command = (sys.executable, "-m", "pre_commit", "try-repo", CHECKOUT, "wtisd-model", "--files")
        ended = run(*command, "good.json", "notes.txt", folder=repository)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        ended = run(*command, "good.json", "bad.json", folder=repository)
        assert ended.returncode == 1
        assert "good.json: good\nbad.json: 1 error\n[key-unknown] at /titel: " in ended.stdout

    def test_the_configuration_in_the_docs_is_valid(self, repository: Path) -> None:
        (example_of_page,) = [each for each in blocks(PAGE.read_text(encoding="utf-8")) if each.language == "yaml"]
        (repository / ".pre-commit-config.yaml").write_text(example_of_page.text, encoding="utf-8")
        ended = run(sys.executable, "-m", "pre_commit", "validate-config", folder=repository)
        assert ended.returncode == 0, ended.stdout
        assert "id: wtisd-model\n" in example_of_page.text
