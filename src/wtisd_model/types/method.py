"""What a calendar asks of the programs that read it."""

from enum import StrEnum


class Method(StrEnum):
    """The method of a calendar message (RFC 5546 section 1.4)."""

    ADD = "ADD"
    CANCEL = "CANCEL"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"
    PUBLISH = "PUBLISH"
    REFRESH = "REFRESH"
    REPLY = "REPLY"
    REQUEST = "REQUEST"
