"""A helper with an assert in it: the tests show that it lives under ``python -O``."""


def must_agree(one: object, other: object) -> None:
    """Fail where the two differ."""
    assert one == other
