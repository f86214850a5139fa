"""Compiles `wtisd_model.json.native.compiled`, where there is a C compiler; all else stands in pyproject.toml.

It is optional: where it cannot be compiled, the package installs all the same and reads with plain Python. Nothing is
compiled for a Python that is not CPython, since it looks into CPython's objects, nor with ``WTISD_MODEL_PURE=1`` in the
environment; with ``WTISD_MODEL_PURE=0`` the installation fails where it cannot be compiled.
"""

import os
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NATIVE = Path("src/wtisd_model/json/native")

COMPILED = Extension(
    "wtisd_model.json.native.compiled",
    [str(NATIVE / "compiled.pyx")],
    depends=sorted(map(str, NATIVE.glob("*.pxi"))),  # which it includes
    # Half the time of a compiler under Python's own -O3 -g, a seventh of the size, and as quick.
    extra_compile_args=[] if os.name == "nt" else ["-O2", "-g0"],
    optional=os.environ.get("WTISD_MODEL_PURE") != "0",
)


class Anew(build_ext):
    """Takes away what an earlier build left, so that it does not go into a wheel where this one fails."""

    def build_extension(self, ext: Extension) -> None:
        """Compile a module anew."""
        if not self.inplace:
            Path(self.get_ext_fullpath(ext.name)).unlink(missing_ok=True)
        super().build_extension(ext)


IS_WANTED = sys.implementation.name == "cpython" and os.environ.get("WTISD_MODEL_PURE") != "1"

setup(
    ext_modules=[COMPILED] if IS_WANTED else [],
    cmdclass={"build_ext": Anew},
    # The C that Cython writes is no source: it goes where builds go.
    options={"build_ext": {"cython_c_in_temp": True}},
)
