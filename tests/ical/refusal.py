"""How a refusal looks: our own error, with one finding of the expected code, and nothing of the input around it."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from wtisd_model import Code, ExportError


@contextmanager
def refused(code: Code) -> Generator[None]:
    with pytest.raises(ExportError) as caught:
        yield
    assert [each.code for each in caught.value.findings] == [code]
    assert caught.value.__context__ is None
