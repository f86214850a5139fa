"""Running a script of this folder with node, beside the npm packages that .ci/outside installs."""

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def node(script: str, data: bytes) -> str:
    """Run a script of this folder with what NODE_PATH holds; where node is missing this fails, and is meant to."""
    program = shutil.which("node")
    assert program, "node is missing"
    assert os.environ.get("NODE_PATH"), "NODE_PATH names no folder with ajv and ical.js; .ci/outside makes one"
    result = subprocess.run(  # noqa: S603 - our own script
        [program, str(HERE / script)], input=data, capture_output=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode()
