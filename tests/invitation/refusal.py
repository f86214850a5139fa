"""How a refusal looks: our own error, with one finding of the expected code and path, and nothing of the input."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from wtisd_model import Code, InvalidValueError, MessageError, ModelError


@contextmanager
def refused(code: Code, path: str, kind: type[ModelError] = MessageError) -> Generator[None]:
    with pytest.raises(kind) as caught:
        yield
    assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]
    assert caught.value.__context__ is None
    assert "@" not in str(caught.value)


@contextmanager
def invalid(code: Code, path: str) -> Generator[None]:
    with refused(code, path, InvalidValueError):
        yield
