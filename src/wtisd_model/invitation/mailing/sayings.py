"""What a mail says first, in the six languages of the United Nations: its subject, and one sentence.

The sentences ask for no gender and no case of what is put into them: ``{title}`` and ``{who}``.
"""

# ruff: noqa: RUF001 - Cyrillic and Chinese text is made of letters that look like others

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from wtisd_model.ical.wording import wording
from wtisd_model.invitation.message import Reason
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus

Occasion = Reason | ParticipationStatus | EventStatus
"""What a mail is about: why it is sent, what a reply answers, or that nobody knows when."""

_ACCEPTED, _DECLINED = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED
_TENTATIVE, _DELEGATED = ParticipationStatus.TENTATIVE, ParticipationStatus.DELEGATED


@frozen
class Saying:
    """What a mail says first."""

    subject: str
    event: str
    """The sentence where it is about an event."""
    session: str
    """The sentence where it is about a session."""


def saying(occasion: Occasion, language: str) -> Saying:
    """Choose what to say in one of our languages."""
    return _SAYINGS[language][occasion]


def _alike(subject: str, sentence: str) -> Saying:
    return Saying(subject, sentence, sentence)


def _also_said_by_the_calendar(language: str, *, cancelled: str, postponed: str) -> Mapping[Occasion, Saying]:
    words = wording(language)
    return {
        Reason.CANCELLED: Saying(cancelled, words.event_cancelled, words.session_cancelled),
        EventStatus.POSTPONED: Saying(postponed, words.event_postponed, words.session_postponed),
    }


_SAYINGS: Final[Mapping[str, Mapping[Occasion, Saying]]] = {
    "ar": {
        **_also_said_by_the_calendar("ar", cancelled="إلغاء: {title}", postponed="تأجيل: {title}"),
        Reason.INVITED: Saying("دعوة: {title}", "يسرّنا أن ندعوكم إلى هذه الفعالية.", "يسرّنا أن ندعوكم إلى هذه الجلسة."),
        Reason.MOVED: Saying(
            "تغيير: {title}",
            "تغيّر توقيت هذه الفعالية أو مكانها. نرجو منكم الرد من جديد.",
            "تغيّر توقيت هذه الجلسة أو مكانها. نرجو منكم الرد من جديد.",
        ),
        Reason.EDITED: Saying(
            "تحديث: {title}",
            "تغيّرت بعض المعلومات عن هذه الفعالية. لا حاجة إلى الرد من جديد.",
            "تغيّرت بعض المعلومات عن هذه الجلسة. لا حاجة إلى الرد من جديد.",
        ),
        Reason.PROMOTED: Saying(
            "لديكم مقعد: {title}",
            "شغر مقعد، فلم تعودوا على قائمة الانتظار، ويمكنكم المشاركة في هذه الفعالية.",
            "شغر مقعد، فلم تعودوا على قائمة الانتظار، ويمكنكم المشاركة في هذه الجلسة.",
        ),
        Reason.DROPPED: Saying(
            "حذف من برنامجكم: {title}", "لم تعد هذه الفعالية ضمن برنامجكم.", "لم تعد هذه الجلسة ضمن برنامجكم."
        ),
        Reason.WITHDRAWN: Saying(
            "انتهاء المشاركة: {title}", "لم يعد تسجيلكم في هذه الفعالية ساريًا.", "لم يعد تسجيلكم في هذه الجلسة ساريًا."
        ),
        Reason.PUBLISHED: Saying("إعلان: {title}", "يُعلن عن هذه الفعالية.", "يُعلن عن هذه الجلسة."),
        Reason.ASKED: _alike("طلب آخر نسخة: {title}", "ورد من {who} طلب للحصول على آخر نسخة من هذه الدعوة."),
        Reason.COUNTERED: _alike("اقتراح توقيت آخر: {title}", "ورد من {who} اقتراح بتوقيت آخر."),
        Reason.COUNTER_DECLINED: Saying(
            "عدم قبول التوقيت المقترح: {title}",
            "تعذّر قبول التوقيت الذي اقترحتموه. تُعقد الفعالية كما كان مقررًا.",
            "تعذّر قبول التوقيت الذي اقترحتموه. تُعقد الجلسة كما كان مقررًا.",
        ),
        Reason.ANSWERED: _alike("رد: {title}", "ورد من {who} رد على الدعوة."),
        _ACCEPTED: _alike("قبول: {title}", "ورد من {who} تأكيد بالحضور."),
        _TENTATIVE: _alike("قبول مؤقت: {title}", "ورد من {who} أن الحضور محتمل."),
        _DECLINED: _alike("اعتذار: {title}", "ورد من {who} اعتذار عن عدم الحضور."),
        _DELEGATED: _alike("إحالة: {title}", "أُحيلت الدعوة من {who} إلى شخص آخر."),
    },
    "en": {
        **_also_said_by_the_calendar("en", cancelled="Cancelled: {title}", postponed="Postponed: {title}"),
        Reason.INVITED: Saying(
            "Invitation: {title}", "You are invited to this event.", "You are invited to this session."
        ),
        Reason.MOVED: Saying(
            "Changed: {title}",
            "The time or the place of this event has changed. Please answer again.",
            "The time or the place of this session has changed. Please answer again.",
        ),
        Reason.EDITED: Saying(
            "Updated: {title}",
            "Some details of this event have changed. You do not have to answer again.",
            "Some details of this session have changed. You do not have to answer again.",
        ),
        Reason.PROMOTED: Saying(
            "You have a seat: {title}",
            "A seat has become free: you are no longer on the waitlist and can take part in this event.",
            "A seat has become free: you are no longer on the waitlist and can take part in this session.",
        ),
        Reason.DROPPED: Saying(
            "Removed from your programme: {title}",
            "This event is no longer part of your programme.",
            "This session is no longer part of your programme.",
        ),
        Reason.WITHDRAWN: Saying(
            "Participation ended: {title}",
            "You are no longer registered for this event.",
            "You are no longer registered for this session.",
        ),
        Reason.PUBLISHED: Saying(
            "Announcement: {title}", "This event has been announced.", "This session has been announced."
        ),
        Reason.ASKED: _alike(
            "Latest version requested: {title}", "{who} asks for the latest version of this invitation."
        ),
        Reason.COUNTERED: _alike("Other time proposed: {title}", "{who} proposes another time."),
        Reason.COUNTER_DECLINED: Saying(
            "Proposed time not accepted: {title}",
            "The time that you proposed could not be accepted. The event takes place as planned.",
            "The time that you proposed could not be accepted. The session takes place as planned.",
        ),
        Reason.ANSWERED: _alike("Answer: {title}", "{who} has answered the invitation."),
        _ACCEPTED: _alike("Accepted: {title}", "{who} will attend."),
        _TENTATIVE: _alike("Tentatively accepted: {title}", "{who} may attend."),
        _DECLINED: _alike("Declined: {title}", "{who} will not attend."),
        _DELEGATED: _alike("Delegated: {title}", "{who} has passed the invitation on to somebody else."),
    },
    "es": {
        **_also_said_by_the_calendar("es", cancelled="Cancelación: {title}", postponed="Aplazamiento: {title}"),
        Reason.INVITED: Saying("Invitación: {title}", "Le invitamos a este evento.", "Le invitamos a esta sesión."),
        Reason.MOVED: Saying(
            "Cambio: {title}",
            "El horario o el lugar de este evento ha cambiado. Le rogamos que responda de nuevo.",
            "El horario o el lugar de esta sesión ha cambiado. Le rogamos que responda de nuevo.",
        ),
        Reason.EDITED: Saying(
            "Actualización: {title}",
            "Han cambiado algunos datos de este evento. No es necesario que responda de nuevo.",
            "Han cambiado algunos datos de esta sesión. No es necesario que responda de nuevo.",
        ),
        Reason.PROMOTED: Saying(
            "Tiene una plaza: {title}",
            "Ha quedado libre una plaza: ya no está en la lista de espera y puede participar en este evento.",
            "Ha quedado libre una plaza: ya no está en la lista de espera y puede participar en esta sesión.",
        ),
        Reason.DROPPED: Saying(
            "Retirado de su programa: {title}",
            "Este evento ya no forma parte de su programa.",
            "Esta sesión ya no forma parte de su programa.",
        ),
        Reason.WITHDRAWN: Saying(
            "Fin de su participación: {title}",
            "Su inscripción en este evento ya no está vigente.",
            "Su inscripción en esta sesión ya no está vigente.",
        ),
        Reason.PUBLISHED: Saying("Anuncio: {title}", "Se anuncia este evento.", "Se anuncia esta sesión."),
        Reason.ASKED: _alike(
            "Solicitud de la última versión: {title}", "{who} solicita la última versión de esta invitación."
        ),
        Reason.COUNTERED: _alike("Otro horario propuesto: {title}", "{who} propone otro horario."),
        Reason.COUNTER_DECLINED: Saying(
            "Horario propuesto no aceptado: {title}",
            "No ha sido posible aceptar el horario que usted propuso. El evento se celebrará según lo previsto.",
            "No ha sido posible aceptar el horario que usted propuso. La sesión se celebrará según lo previsto.",
        ),
        Reason.ANSWERED: _alike("Respuesta: {title}", "{who} ha respondido a la invitación."),
        _ACCEPTED: _alike("Aceptado: {title}", "{who} asistirá."),
        _TENTATIVE: _alike("Aceptado provisionalmente: {title}", "Es posible que {who} asista."),
        _DECLINED: _alike("Rechazado: {title}", "{who} no asistirá."),
        _DELEGATED: _alike("Delegado: {title}", "{who} ha delegado la invitación en otra persona."),
    },
    "fr": {
        **_also_said_by_the_calendar("fr", cancelled="Annulation\u00a0: {title}", postponed="Report\u00a0: {title}"),
        Reason.INVITED: Saying(
            "Invitation\u00a0: {title}",
            "Nous avons le plaisir de vous inviter à cet événement.",
            "Nous avons le plaisir de vous inviter à cette séance.",
        ),
        Reason.MOVED: Saying(
            "Modification\u00a0: {title}",
            "L'horaire ou le lieu de cet événement a changé. Merci de répondre à nouveau.",
            "L'horaire ou le lieu de cette séance a changé. Merci de répondre à nouveau.",
        ),
        Reason.EDITED: Saying(
            "Mise à jour\u00a0: {title}",
            "Certaines informations sur cet événement ont changé. Il n'est pas nécessaire de répondre à nouveau.",
            "Certaines informations sur cette séance ont changé. Il n'est pas nécessaire de répondre à nouveau.",
        ),
        Reason.PROMOTED: Saying(
            "Vous avez une place\u00a0: {title}",
            "Une place s'est libérée\u00a0: vous n'êtes plus en liste d'attente et pouvez participer à cet événement.",
            "Une place s'est libérée\u00a0: vous n'êtes plus en liste d'attente et pouvez participer à cette séance.",
        ),
        Reason.DROPPED: Saying(
            "Retrait de votre programme\u00a0: {title}",
            "Cet événement ne fait plus partie de votre programme.",
            "Cette séance ne fait plus partie de votre programme.",
        ),
        Reason.WITHDRAWN: Saying(
            "Fin de votre participation\u00a0: {title}",
            "Votre inscription à cet événement n'est plus valable.",
            "Votre inscription à cette séance n'est plus valable.",
        ),
        Reason.PUBLISHED: Saying(
            "Annonce\u00a0: {title}", "Cet événement vous est annoncé.", "Cette séance vous est annoncée."
        ),
        Reason.ASKED: _alike(
            "Demande de la dernière version\u00a0: {title}", "{who} demande la dernière version de cette invitation."
        ),
        Reason.COUNTERED: _alike("Autre horaire proposé\u00a0: {title}", "{who} propose un autre horaire."),
        Reason.COUNTER_DECLINED: Saying(
            "Horaire proposé non retenu\u00a0: {title}",
            "L'horaire que vous avez proposé n'a pas pu être retenu. L'événement a lieu comme prévu.",
            "L'horaire que vous avez proposé n'a pas pu être retenu. La séance a lieu comme prévu.",
        ),
        Reason.ANSWERED: _alike("Réponse\u00a0: {title}", "{who} a répondu à l'invitation."),
        _ACCEPTED: _alike("Accepté\u00a0: {title}", "{who} participera."),
        _TENTATIVE: _alike("Accepté sous réserve\u00a0: {title}", "{who} participera peut-être."),
        _DECLINED: _alike("Refusé\u00a0: {title}", "{who} ne participera pas."),
        _DELEGATED: _alike("Délégué\u00a0: {title}", "{who} a transmis l'invitation à une autre personne."),
    },
    "ru": {
        **_also_said_by_the_calendar("ru", cancelled="Отмена: {title}", postponed="Перенос: {title}"),
        Reason.INVITED: Saying(
            "Приглашение: {title}",
            "Приглашаем Вас принять участие в этом мероприятии.",
            "Приглашаем Вас принять участие в этом заседании.",
        ),
        Reason.MOVED: Saying(
            "Изменение: {title}",
            "Время или место проведения этого мероприятия изменилось. Просим ответить ещё раз.",
            "Время или место проведения этого заседания изменилось. Просим ответить ещё раз.",
        ),
        Reason.EDITED: Saying(
            "Обновление: {title}",
            "Некоторые сведения об этом мероприятии изменились. Отвечать ещё раз не нужно.",
            "Некоторые сведения об этом заседании изменились. Отвечать ещё раз не нужно.",
        ),
        Reason.PROMOTED: Saying(
            "Для Вас есть место: {title}",
            "Освободилось место: Вы больше не в списке ожидания и можете принять участие в этом мероприятии.",
            "Освободилось место: Вы больше не в списке ожидания и можете принять участие в этом заседании.",
        ),
        Reason.DROPPED: Saying(
            "Исключено из Вашей программы: {title}",
            "Это мероприятие больше не входит в Вашу программу.",
            "Это заседание больше не входит в Вашу программу.",
        ),
        Reason.WITHDRAWN: Saying(
            "Участие прекращено: {title}",
            "Ваша регистрация на это мероприятие больше не действует.",
            "Ваша регистрация на это заседание больше не действует.",
        ),
        Reason.PUBLISHED: Saying(
            "Объявление: {title}", "Сообщаем Вам об этом мероприятии.", "Сообщаем Вам об этом заседании."
        ),
        Reason.ASKED: _alike(
            "Запрос последней версии: {title}", "{who} запрашивает последнюю версию этого приглашения."
        ),
        Reason.COUNTERED: _alike("Предложено другое время: {title}", "{who} предлагает другое время."),
        Reason.COUNTER_DECLINED: Saying(
            "Предложенное время не принято: {title}",
            "Предложенное Вами время не удалось принять. Мероприятие состоится, как запланировано.",
            "Предложенное Вами время не удалось принять. Заседание состоится, как запланировано.",
        ),
        Reason.ANSWERED: _alike("Ответ: {title}", "{who}: получен ответ на приглашение."),
        _ACCEPTED: _alike("Принято: {title}", "{who} примет участие."),
        _TENTATIVE: _alike("Принято условно: {title}", "{who}, возможно, примет участие."),
        _DECLINED: _alike("Отклонено: {title}", "{who} не примет участия."),
        _DELEGATED: _alike("Передано: {title}", "{who} передаёт приглашение другому лицу."),
    },
    "zh": {
        **_also_said_by_the_calendar("zh", cancelled="取消：{title}", postponed="延期：{title}"),
        Reason.INVITED: Saying("邀请：{title}", "诚邀您参加本活动。", "诚邀您参加本场会议。"),
        Reason.MOVED: Saying(
            "变更：{title}",
            "本活动的时间或地点有变，请您重新答复。",
            "本场会议的时间或地点有变，请您重新答复。",
        ),
        Reason.EDITED: Saying(
            "更新：{title}",
            "本活动的部分信息有更新，您无需再次答复。",
            "本场会议的部分信息有更新，您无需再次答复。",
        ),
        Reason.PROMOTED: Saying(
            "您已获得席位：{title}",
            "现有空余席位，您已不在候补名单中，可以参加本活动。",
            "现有空余席位，您已不在候补名单中，可以参加本场会议。",
        ),
        Reason.DROPPED: Saying("已从您的日程中移除：{title}", "本活动已不在您的日程中。", "本场会议已不在您的日程中。"),
        Reason.WITHDRAWN: Saying("参会登记已失效：{title}", "您对本活动的登记已失效。", "您对本场会议的登记已失效。"),
        Reason.PUBLISHED: Saying("公告：{title}", "现公布本活动。", "现公布本场会议。"),
        Reason.ASKED: _alike("请求最新版本：{title}", "{who}请求获取本邀请的最新版本。"),
        Reason.COUNTERED: _alike("建议更改时间：{title}", "{who}建议更改时间。"),
        Reason.COUNTER_DECLINED: Saying(
            "所提时间未获采纳：{title}",
            "您提议的时间未能采纳，本活动将按原计划举行。",
            "您提议的时间未能采纳，本场会议将按原计划举行。",
        ),
        Reason.ANSWERED: _alike("答复：{title}", "{who}已答复邀请。"),
        _ACCEPTED: _alike("接受：{title}", "{who}将出席。"),
        _TENTATIVE: _alike("暂定接受：{title}", "{who}可能出席。"),
        _DECLINED: _alike("谢绝：{title}", "{who}不出席。"),
        _DELEGATED: _alike("转交：{title}", "{who}已将邀请转交他人。"),
    },
}
