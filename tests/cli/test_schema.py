"""`schema`: the published files, one on standard output or all in a folder."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.running import here
from wtisd_model.json.schema_files import json_schema
from wtisd_model.model.documents import published, schema_name

PUBLISHED = list(published())


class TestSchema:
    """`schema TYPE [--submission]`, or `schema --out DIR`."""

    @pytest.mark.parametrize(("cls", "submission"), PUBLISHED)
    def test_each_schema_is_the_published_file(self, cls: type, submission: bool) -> None:  # noqa: FBT001 - a parameter
        word = schema_name(cls, submission=False)
        ended = here("schema", word, *["--submission"] * submission)
        assert (ended.code, ended.err) == (0, "")
        name = f"{schema_name(cls, submission=submission)}.json"
        assert ended.out == files("wtisd_model.json").joinpath("schemas", name).read_bytes()
        assert json.loads(ended.out) == json_schema(cls, submission=submission)

    def test_all_go_into_a_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b"
        ended = here("schema", "--out", folder)
        assert (ended.code, ended.out, ended.err) == (0, b"", f"Wrote {len(PUBLISHED)} files into {folder}.\n")
        assert {each.name for each in folder.iterdir()} == {
            f"{schema_name(cls, submission=submission)}.json" for cls, submission in PUBLISHED
        }
        (folder / "event.json").unlink()
        (folder / "mine.json").write_bytes(b"mine")
        ended = here("schema", "--out", folder)
        assert (
            ended.err
            == f"Wrote {len(PUBLISHED)} files into {folder}; {len(PUBLISHED) - 1} of them replaced older ones.\n"
        )
        assert (folder / "mine.json").read_bytes() == b"mine"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ([], "Give a TYPE, or --out DIR for all of them."),
            (["--submission"], "Give a TYPE, or --out DIR for all of them."),
            (["event", "--submission"], "--submission goes with what strangers send"),
            (["event", "--out", "x"], "--out writes all schemas"),
            (["--out", "x", "--submission"], "--out writes all schemas"),
        ],
    )
    def test_other_combinations_are_mistakes_in_usage(
        self, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        ended = here("schema", *arguments)
        assert (ended.code, ended.out) == (2, b"")
        assert said in ended.err
        assert list(tmp_path.iterdir()) == []
