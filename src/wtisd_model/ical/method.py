"""What a calendar object does to the calendars that read it: METHOD."""

from enum import StrEnum


class Method(StrEnum):
    """What a message does, in the words of RFC 5546 section 1.4."""

    CANCEL = "CANCEL"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"
    PUBLISH = "PUBLISH"
    REFRESH = "REFRESH"
    REPLY = "REPLY"
    REQUEST = "REQUEST"
