"""Numbers of things, in words."""


def counted(count: int, what: str) -> str:
    """Say how many there are of what goes by a regular English word: 1 line, 2 lines."""
    return f"{count} {what}{'' if count == 1 else 's'}"
