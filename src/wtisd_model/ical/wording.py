"""The few sentences that we add to what an event says, in the six languages of the United Nations."""

# ruff: noqa: RUF001 - Cyrillic and Chinese text is made of letters that look like others

from typing import Final

from attrs import frozen


@frozen(kw_only=True)
class Wording:
    """What an entry in a calendar says beside the event's own words, in one language."""

    language: str
    event_cancelled: str
    event_postponed: str
    session_cancelled: str
    session_postponed: str
    remote_participation: str
    """What stands before the address of a place to dial in that has no name."""


def wording(tag: str) -> Wording:
    """Choose the sentences for a reader of *tag*: those of its language, else the English ones."""
    return _WORDINGS.get(tag.partition("-")[0], _WORDINGS["en"])


_WORDINGS: Final[dict[str, Wording]] = {
    each.language: each
    for each in (
        Wording(
            language="ar",
            event_cancelled="أُلغيت هذه الفعالية.",
            event_postponed="أُجّلت هذه الفعالية. لم يعد التوقيت المبيّن هنا ساريًا، ولم يُحدَّد موعد جديد بعد.",
            session_cancelled="أُلغيت هذه الجلسة.",
            session_postponed="أُجّلت هذه الجلسة. لم يعد التوقيت المبيّن هنا ساريًا، ولم يُحدَّد موعد جديد بعد.",
            remote_participation="المشاركة عن بُعد",
        ),
        Wording(
            language="en",
            event_cancelled="This event has been cancelled.",
            event_postponed=(
                "This event has been postponed. The time shown here no longer holds. A new one has not been set."
            ),
            session_cancelled="This session has been cancelled.",
            session_postponed=(
                "This session has been postponed. The time shown here no longer holds. A new one has not been set."
            ),
            remote_participation="Remote participation",
        ),
        Wording(
            language="es",
            event_cancelled="Este evento ha sido cancelado.",
            event_postponed=(
                "Este evento ha sido aplazado. El horario que aquí figura ya no es válido. "
                "Todavía no se ha fijado uno nuevo."
            ),
            session_cancelled="Esta sesión ha sido cancelada.",
            session_postponed=(
                "Esta sesión ha sido aplazada. El horario que aquí figura ya no es válido. "
                "Todavía no se ha fijado uno nuevo."
            ),
            remote_participation="Participación a distancia",
        ),
        Wording(
            language="fr",
            event_cancelled="Cet événement est annulé.",
            event_postponed=(
                "Cet événement est reporté. L'horaire indiqué ici n'est plus valable. Le nouveau n'est pas encore fixé."
            ),
            session_cancelled="Cette séance est annulée.",
            session_postponed=(
                "Cette séance est reportée. L'horaire indiqué ici n'est plus valable. Le nouveau n'est pas encore fixé."
            ),
            remote_participation="Participation à distance",
        ),
        Wording(
            language="ru",
            event_cancelled="Это мероприятие отменено.",
            event_postponed=(
                "Это мероприятие перенесено. Указанное здесь время больше не действует. Новое пока не назначено."
            ),
            session_cancelled="Это заседание отменено.",
            session_postponed=(
                "Это заседание перенесено. Указанное здесь время больше не действует. Новое пока не назначено."
            ),
            remote_participation="Дистанционное участие",
        ),
        Wording(
            language="zh",
            event_cancelled="本活动已取消。",
            event_postponed="本活动已延期。此处所示时间不再有效，新的时间尚未确定。",
            session_cancelled="本场会议已取消。",
            session_postponed="本场会议已延期。此处所示时间不再有效，新的时间尚未确定。",
            remote_participation="远程参与",
        ),
    )
}

WORDING_LANGUAGES: Final = tuple(_WORDINGS)
"""The languages that there are such sentences in."""
