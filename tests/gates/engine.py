"""With what the package reads payloads here: where C could be compiled for this Python, it must not be plain Python.

``python -m tests.gates.engine`` says it of the package that is installed, and ends with 1 where it should be compiled
and is not; with ``plain``, where it is compiled; with ``compiler``, where there is no compiler to do it.
"""

import os
import shlex
import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path
from shutil import which

MODULE = "wtisd_model.json.native.compiled"


def is_compiled() -> bool:
    """Tell whether the package has its compiled module."""
    return find_spec(MODULE) is not None


def can_compile() -> bool:
    """Tell whether there are the compiler that setuptools takes for this Python, and Python's headers for it."""
    command = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    return which(command[0]) is not None and (Path(sysconfig.get_path("include")) / "Python.h").is_file()


def stale(package: Path) -> Path | None:
    """Find the compiled module that this Python would load from a checkout, if its sources were changed since."""
    folder = package / "payload" / "native"
    changed = max((each.stat().st_mtime for each in folder.glob("*.p[yx][xi]")), default=0.0)
    modules = [folder / f"compiled{suffix}" for suffix in EXTENSION_SUFFIXES]
    module = next((each for each in modules if each.exists()), None)
    return None if module is None or module.stat().st_mtime >= changed else module


def verdict(wanted: str) -> tuple[bool, str]:
    """Judge this Python and what is installed, and say why."""
    if wanted == "compiler":
        return can_compile(), "C can be compiled" if can_compile() else "no C compiler, or no headers of this Python"
    if is_compiled():
        return wanted != "plain", "payloads are read with what was compiled"
    if wanted == "plain" or not can_compile():
        return True, f"payloads are read with plain Python{'' if can_compile() else ': there is no C compiler for it'}"
    return False, "payloads are read with plain Python, although there is a C compiler: see what pip install -v says"


if __name__ == "__main__":
    is_good, said = verdict(*sys.argv[1:] or ["compiled"])
    print(said)
    sys.exit(0 if is_good else 1)
