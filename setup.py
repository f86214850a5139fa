"""Compiles `wtisd_model.payload.native.compiled`, where there is a C compiler; all else stands in pyproject.toml.

It is optional: where it cannot be compiled, the package installs all the same and reads with plain Python. With
``WTISD_MODEL_PURE=1`` in the environment nothing is compiled.
"""

import os
from pathlib import Path

from setuptools import Extension, setup

NATIVE = Path("src/wtisd_model/payload/native")

COMPILED = Extension(
    "wtisd_model.payload.native.compiled",
    [str(NATIVE / "compiled.pyx")],
    depends=sorted(map(str, NATIVE.glob("*.pxi"))),  # which it includes
    # Half the time of a compiler under Python's own -O3 -g, a seventh of the size, and as quick.
    extra_compile_args=[] if os.name == "nt" else ["-O2", "-g0"],
    optional=True,
)

setup(
    ext_modules=[] if os.environ.get("WTISD_MODEL_PURE") == "1" else [COMPILED],
    # The C that Cython writes is no source: it goes where builds go.
    options={"build_ext": {"cython_c_in_temp": True}},
)
