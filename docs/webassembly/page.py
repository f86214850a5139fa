"""What worker.js runs in WebAssembly before the code of a page."""

import importlib
import json
import linecache
import os
import sys
import traceback
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from site import getsitepackages
from zipfile import ZipFile

from one_thread import ANYIO, install

FOLDER = "/page"


class Page:
    """The names and the files that all code of a page shares, as at a prompt."""

    def __init__(self, modules: dict[str, str], unpack: Callable[[str], None]) -> None:
        """Begin with no names in an empty folder; *unpack* gets the wheel of a module that is imported."""
        self.modules = modules
        self.unpack = unpack
        self.names: dict[str, object] = {"__name__": "__main__"}
        self.seen: dict[str, tuple[int, int]] = {}
        Path(FOLDER).mkdir(exist_ok=True)
        os.chdir(FOLDER)
        sys.path.insert(0, FOLDER)
        sys.meta_path.insert(0, self)
        install()

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Unpack the wheel of a module before Python looks for it."""
        if name in self.modules:
            self.unpack(self.modules.pop(name))
            if name == "anyio":
                for path, text in ANYIO.items():
                    with Path(getsitepackages()[0], path).open("a", encoding="utf-8") as file:
                        file.write(text)
            importlib.invalidate_caches()

    @staticmethod
    def files() -> dict[str, tuple[int, int]]:
        """Return when each file of the page was written, and its size."""
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in Path().rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def write(self, path: str, data: bytes) -> None:
        """Write a file, which a module may be."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(data)
        self.seen = self.files()
        importlib.invalidate_caches()

    def write_archive(self, data: bytes) -> None:
        """Unpack the files of an archive."""
        with ZipFile(BytesIO(data)) as archive:
            archive.extractall()
        self.seen = self.files()

    def run(self, code: str, line: int, name: str) -> str:
        """Run code whose first line comes after *line* others; return its traceback, if any, and the files it wrote."""
        text = "\n" * line + code
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        failure = None
        try:
            exec(compile(text, name, "exec", dont_inherit=True), self.names)  # noqa: S102 - the reader's own code
        except BaseException as error:  # noqa: BLE001 - it is shown
            # Without the line above.
            below = error.__traceback__ and error.__traceback__.tb_next
            failure = "".join(traceback.format_exception(type(error), error, below))
        sys.stdout.flush()
        sys.stderr.flush()
        before, self.seen = self.seen, self.files()
        return json.dumps([failure, sorted(path for path, state in self.seen.items() if before.get(path) != state)])

    @staticmethod
    def call(function: str, arguments: str) -> str:
        """Call a function, ``module:name``, and return what it returns: both are JSON."""
        module, _, name = function.partition(":")
        found = getattr(importlib.import_module(module), name)
        return json.dumps(found(*json.loads(arguments)), ensure_ascii=False)
