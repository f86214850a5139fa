"""The short words of a mail in the six languages of the United Nations: what stands before each of its facts."""

# ruff: noqa: RUF001 - Cyrillic and Chinese text is made of letters that look like others

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from wtisd_model.ical.wording import wording
from wtisd_model.invitation.mailing.dates import DATES, Dates


@frozen(kw_only=True)
class Labels:
    """What stands before each fact in a mail, and what it ends with, in one language."""

    language: str
    rtl: bool = False
    """Whether the language is written from right to left."""
    dates: Dates
    colon: str = ": "
    """What stands between a label and its fact."""
    within: str
    """Of the event that a session belongs to."""
    when: str
    proposed: str
    """Of a time that somebody proposes."""
    previous: str
    """Of the time that holds no more, or that a proposal is to replace."""
    yours: str
    """Of the same time in the reader's zone."""
    where: str
    organizer: str
    page: str
    """Of the web address."""
    comment: str
    answer: str
    """Asks for an answer."""
    attached: str
    """Says what the attached file is for."""

    @property
    def remote(self) -> str:
        """Of the places to dial in; what the calendar calls one that has no name."""
        return wording(self.language).remote_participation


def labels(tag: str) -> Labels:
    """Choose the words for a reader of *tag*: those of its language, else the English ones."""
    return _LABELS.get(tag.partition("-")[0], _LABELS["en"])


_LABELS: Final[Mapping[str, Labels]] = {
    each.language: each
    for each in (
        Labels(
            language="ar",
            rtl=True,
            dates=DATES["ar"],
            within="في إطار",
            when="التاريخ والوقت",
            proposed="التوقيت المقترح",
            previous="التوقيت السابق",
            yours="بتوقيت منطقتكم",
            where="المكان",
            organizer="الجهة المنظمة",
            page="لمزيد من المعلومات",
            comment="رسالة",
            answer="نرجو منكم الرد من برنامج التقويم لديكم، أو فتح الملف المرفق invite.ics به.",
            attached="يحتوي الملف المرفق invite.ics على هذه المعلومات لبرنامج التقويم لديكم.",
        ),
        Labels(
            language="en",
            dates=DATES["en"],
            within="Part of",
            when="Date and time",
            proposed="Proposed time",
            previous="Previous time",
            yours="In your time zone",
            where="Place",
            organizer="Organizer",
            page="More information",
            comment="Message",
            answer="Please answer in your calendar program, or open the attached file invite.ics with it.",
            attached="The attached file invite.ics holds this information for your calendar program.",
        ),
        Labels(
            language="es",
            dates=DATES["es"],
            within="En el marco de",
            when="Fecha y hora",
            proposed="Horario propuesto",
            previous="Horario anterior",
            yours="En su huso horario",
            where="Lugar",
            organizer="Organiza",
            page="Más información",
            comment="Mensaje",
            answer="Le rogamos que responda en su calendario electrónico o abra en él el archivo adjunto invite.ics.",
            attached="El archivo adjunto invite.ics contiene estos datos para su calendario electrónico.",
        ),
        Labels(
            language="fr",
            dates=DATES["fr"],
            colon="\u00a0: ",
            within="Dans le cadre de",
            when="Date et heure",
            proposed="Horaire proposé",
            previous="Horaire précédent",
            yours="Dans votre fuseau horaire",
            where="Lieu",
            organizer="Organisation",
            page="Pour en savoir plus",
            comment="Message",
            answer="Merci de répondre dans votre agenda électronique, ou d'y ouvrir le fichier joint invite.ics.",
            attached="Le fichier joint invite.ics contient ces informations pour votre agenda électronique.",
        ),
        Labels(
            language="ru",
            dates=DATES["ru"],
            within="В рамках мероприятия",
            when="Дата и время",
            proposed="Предлагаемое время",
            previous="Прежнее время",
            yours="В Вашем часовом поясе",
            where="Место проведения",
            organizer="Организатор",
            page="Подробнее",
            comment="Сообщение",
            answer="Просим ответить в Вашей программе-календаре или открыть в ней прилагаемый файл invite.ics.",
            attached="Прилагаемый файл invite.ics содержит эти сведения для Вашей программы-календаря.",
        ),
        Labels(
            language="zh",
            dates=DATES["zh"],
            colon="：",
            within="所属活动",
            when="时间",
            proposed="建议时间",
            previous="原定时间",
            yours="您所在时区的时间",
            where="地点",
            organizer="主办方",
            page="更多信息",
            comment="留言",
            answer="请在日历程序中答复，或用日历程序打开附件invite.ics。",
            attached="附件invite.ics含有供日历程序使用的信息。",
        ),
    )
}
