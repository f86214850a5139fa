"""How an object is refused: with one finding, and an error without a context."""

from collections.abc import Callable

import pytest

from wtisd_model import Finding, InvalidValueError, ModelError


def refused(make: Callable[[], object], kind: type[ModelError] = InvalidValueError) -> tuple[str, str]:
    """Return the code and the path of the only finding with which *make* is refused; check the error too."""
    found = refusal(make, kind)
    return found.code, found.path


def refusal(make: Callable[[], object], kind: type[ModelError] = InvalidValueError) -> Finding:
    """Return the only finding with which *make* is refused; check that the error has no context."""
    with pytest.raises(ModelError) as caught:
        make()
    assert type(caught.value) is kind
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    (found,) = caught.value.findings
    return found
