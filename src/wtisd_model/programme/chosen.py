"""The sessions that a person chose, as invitations and letters name them: "your programme"."""

from attrs import field, frozen

from wtisd_model.model.session import EventStatus
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timeslot import TimeSlot


@frozen(kw_only=True)
class ChosenSession:
    """What a person is told of one session that they chose, in the reader's language."""

    id: str
    """The id of the session."""
    title: TaggedText
    slot: TimeSlot
    """The time, in the zone of the place."""
    status: EventStatus
    where: tuple[TaggedText, ...] = ()
    """The rooms, for people who take part on site."""
    links: tuple[tuple[TaggedText, str], ...] = ()
    """The name and the address of each link, for people who take part remotely."""
    awaited: bool = False
    """True while the person waits for a seat in it."""
    names: tuple[str, ...] = field(default=(), repr=False)
    """Who chose it, where several people share the mailbox; otherwise nobody."""
