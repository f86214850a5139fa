"""Each integration needs the extra of its name: without it, the error names the command that installs it."""

import importlib
import sys
import tomllib
from pathlib import Path

import pytest

from tests.gates.import_graph import package_folder

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES = {each.stem for each in (package_folder() / "integrations").glob("*.py")}
EXTRAS = sorted(MODULES & PROJECT["optional-dependencies"].keys())
LIBRARIES = {"arrow": "pyarrow", "drf": "rest_framework", "pydantic": "pydantic_core"}
"""The libraries that have another name than their extra."""


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_error_names_the_extra(extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library, module = LIBRARIES.get(extra, extra), f"wtisd_model.integrations.{extra}"
    monkeypatch.delitem(sys.modules, module, raising=False)
    for each in {library, *(name for name in sys.modules if name.startswith(f"{library}."))}:
        monkeypatch.setitem(sys.modules, each, None)
    with pytest.raises(ImportError, match=rf"pip install 'wtisd-model\[{extra}\]'") as caught:
        importlib.import_module(module)
    assert caught.value.name == library
