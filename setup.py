"""Compiles the accelerator `wtisd_model.json._speedups`, and makes the README one for a package index.

All else is in pyproject.toml. The accelerator is optional: if it cannot be compiled, the package is installed without
it and reads with plain Python. It is compiled for CPython alone, whose objects it looks into, and not with
``WTISD_MODEL_PURE=1`` in the environment; with ``WTISD_MODEL_PURE=0`` the installation fails where it cannot be
compiled.
"""

import os
import re
import sys
import tomllib
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext

SPEEDUPS = Extension(
    "wtisd_model.json._speedups",
    ["src/wtisd_model/json/_speedups.pyx"],
    # Half the time of a compiler under Python's own -O3 -g, a seventh of the size, and as quick.
    extra_compile_args=[] if os.name == "nt" else ["-O2", "-g0"],
    # Nobody reads the names of its C functions: a sixth of the file.
    extra_link_args=["-Wl,--strip-all"] if sys.platform == "linux" else [],
    optional=os.environ.get("WTISD_MODEL_PURE") != "0",
)


class Anew(build_ext):
    """Removes what an earlier build left, so that it does not get into a wheel where this one fails."""

    def build_extension(self, ext: Extension) -> None:
        """Compile a module anew."""
        if not self.inplace:
            Path(self.get_ext_fullpath(ext.name)).unlink(missing_ok=True)
        super().build_extension(ext)

    def run(self) -> None:
        """Compile the modules, and forget those that cannot be compiled."""
        super().run()
        self.distribution.ext_modules = [
            each for each in self.extensions if Path(self.get_ext_fullpath(each.name)).exists()
        ]


class Named(bdist_wheel):
    """Names the wheel by what was compiled: without the accelerator it is for every Python and every platform."""

    def run(self) -> None:
        """Build everything first."""
        self.run_command("build")
        self.root_is_pure = not self.distribution.has_ext_modules()
        super().run()


def readme() -> str:
    """Return the README with links into the repository, as it is in the release: on an index no file is beside it."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = Path("src/wtisd_model/__init__.py").read_text(encoding="utf-8")
    (version,) = re.findall(r'^__version__ = "(.+)"$', code, re.MULTILINE)

    def absolute(link: re.Match[str]) -> str:
        view = "raw" if link[1].endswith(".svg") else "blob"
        return f"]({project['urls']['Repository']}/{view}/v{version}/{link[1]})"

    return re.sub(r"\]\((?![a-z]+:|#)(\S+?)\)", absolute, Path("README.md").read_text(encoding="utf-8"))


IS_WANTED = sys.implementation.name == "cpython" and os.environ.get("WTISD_MODEL_PURE") != "1"

setup(
    long_description=readme(),
    long_description_content_type="text/markdown",
    ext_modules=[SPEEDUPS] if IS_WANTED else [],
    cmdclass={"build_ext": Anew, "bdist_wheel": Named},
    # The C that Cython writes is not kept next to the source.
    options={"build_ext": {"cython_c_in_temp": True}},
)
