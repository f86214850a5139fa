"""What people read most, in each language: a second telling, on purpose. No other test reads Arabic or Russian."""

import pytest

from wtisd_model.locales import DEFAULT_LANGUAGE, languages, locale_for

WORDS: dict[str, dict[str, str]] = {
    "ar": {
        "labels.part_of": "في إطار",
        "labels.when": "التاريخ والوقت",
        "labels.proposed_time": "التوقيت المقترح",
        "labels.previous_time": "التوقيت السابق",
        "labels.local_time": "بتوقيت منطقتكم",
        "labels.place": "المكان",
        "labels.remote_participation": "المشاركة عن بُعد",
        "labels.organizer": "الجهة المنظمة",
        "labels.page": "لمزيد من المعلومات",
        "labels.comment": "رسالة",
        "event.cancelled": "أُلغي هذا الحدث.",
        "session.cancelled": "أُلغيت هذه الجلسة.",
        "event.postponed": "أُجّل هذا الحدث. لم يعد التوقيت المبيّن هنا ساريًا، ولم يُحدَّد موعد جديد بعد.",
        "session.postponed": "أُجّلت هذه الجلسة. لم يعد التوقيت المبيّن هنا ساريًا، ولم يُحدَّد موعد جديد بعد.",
    },
    "de": {
        "labels.part_of": "Im Rahmen von",
        "labels.when": "Datum und Uhrzeit",
        "labels.proposed_time": "Vorgeschlagener Termin",
        "labels.previous_time": "Bisheriger Termin",
        "labels.local_time": "In Ihrer Zeitzone",
        "labels.place": "Ort",
        "labels.remote_participation": "Online-Teilnahme",
        "labels.organizer": "Veranstalter",
        "labels.page": "Weitere Informationen",
        "labels.comment": "Nachricht",
        "event.cancelled": "Diese Veranstaltung wurde abgesagt.",
        "session.cancelled": "Diese Sitzung wurde abgesagt.",
        "event.postponed": (
            "Diese Veranstaltung wurde verschoben. Der hier genannte Termin gilt nicht mehr. "
            "Ein neuer steht noch nicht fest."
        ),
        "session.postponed": (
            "Diese Sitzung wurde verschoben. Der hier genannte Termin gilt nicht mehr. Ein neuer steht noch nicht fest."
        ),
    },
    "es": {
        "labels.part_of": "En el marco de",
        "labels.when": "Fecha y hora",
        "labels.proposed_time": "Horario propuesto",
        "labels.previous_time": "Horario anterior",
        "labels.local_time": "En su huso horario",
        "labels.place": "Lugar",
        "labels.remote_participation": "Participación a distancia",
        "labels.organizer": "Organizador",
        "labels.page": "Más información",
        "labels.comment": "Mensaje",
        "event.cancelled": "Este evento ha sido cancelado.",
        "session.cancelled": "Esta sesión ha sido cancelada.",
        "event.postponed": (
            "Este evento ha sido aplazado. El horario que aquí figura ya no es válido. Todavía no se "
            "ha fijado uno nuevo."
        ),
        "session.postponed": (
            "Esta sesión ha sido aplazada. El horario que aquí figura ya no es válido. Todavía no se "
            "ha fijado uno nuevo."
        ),
    },
    "fr": {
        "labels.part_of": "Dans le cadre de",
        "labels.when": "Date et heure",
        "labels.proposed_time": "Horaire proposé",
        "labels.previous_time": "Horaire précédent",
        "labels.local_time": "Dans votre fuseau horaire",
        "labels.place": "Lieu",
        "labels.remote_participation": "Participation à distance",
        "labels.organizer": "Organisateur",
        "labels.page": "Pour en savoir plus",
        "labels.comment": "Message",
        "event.cancelled": "Cet événement est annulé.",
        "session.cancelled": "Cette séance est annulée.",
        "event.postponed": (
            "Cet événement est reporté. L'horaire indiqué ici n'est plus valable. Le nouveau n'est pas encore fixé."
        ),
        "session.postponed": (
            "Cette séance est reportée. L'horaire indiqué ici n'est plus valable. Le nouveau n'est pas encore fixé."
        ),
    },
    "pt": {
        "labels.part_of": "No âmbito de",
        "labels.when": "Data e hora",
        "labels.proposed_time": "Horário proposto",
        "labels.previous_time": "Horário anterior",
        "labels.local_time": "No seu fuso horário",
        "labels.place": "Local",
        "labels.remote_participation": "Participação remota",
        "labels.organizer": "Organizador",
        "labels.page": "Mais informações",
        "labels.comment": "Mensagem",
        "event.cancelled": "Este evento foi cancelado.",
        "session.cancelled": "Esta sessão foi cancelada.",
        "event.postponed": (
            "Este evento foi adiado. O horário aqui indicado deixou de ser válido. O novo ainda não foi definido."
        ),
        "session.postponed": (
            "Esta sessão foi adiada. O horário aqui indicado deixou de ser válido. O novo ainda não foi definido."
        ),
    },
    "ru": {
        "labels.part_of": "В рамках мероприятия",
        "labels.when": "Дата и время",
        "labels.proposed_time": "Предлагаемое время",
        "labels.previous_time": "Прежнее время",
        "labels.local_time": "В Вашем часовом поясе",
        "labels.place": "Место проведения",
        "labels.remote_participation": "Дистанционное участие",
        "labels.organizer": "Организатор",
        "labels.page": "Подробнее",
        "labels.comment": "Сообщение",
        "event.cancelled": "Это мероприятие отменено.",
        "session.cancelled": "Это заседание отменено.",
        "event.postponed": (
            "Это мероприятие отложено. Указанное здесь время больше не действует. Новое пока не назначено."
        ),
        "session.postponed": (
            "Это заседание отложено. Указанное здесь время больше не действует. Новое пока не назначено."
        ),
    },
    "zh": {
        "labels.part_of": "所属活动",
        "labels.when": "时间",
        "labels.proposed_time": "建议时间",
        "labels.previous_time": "此前时间",
        "labels.local_time": "您所在时区的时间",
        "labels.place": "地点",
        "labels.remote_participation": "远程参会",
        "labels.organizer": "主办方",
        "labels.page": "更多信息",
        "labels.comment": "留言",
        "event.cancelled": "本活动已取消。",
        "session.cancelled": "本场次已取消。",
        "event.postponed": "本活动已延期。此处所示时间不再有效，新的时间尚未确定。",
        "session.postponed": "本场次已延期。此处所示时间不再有效，新的时间尚未确定。",
    },
}


class TestWordings:
    """The labels of a mail, and the sentences about what does not take place as announced."""

    def test_each_language_is_here(self) -> None:
        assert WORDS.keys() == languages() - {DEFAULT_LANGUAGE}

    @pytest.mark.parametrize("language", WORDS)
    def test_each_language_has_the_words_of_the_table(self, language: str) -> None:
        locale = locale_for(language)
        for path, words in WORDS[language].items():
            part, _, key = path.partition(".")
            table = getattr(locale, part)
            assert (table[key] if isinstance(table, dict) else getattr(table, key)) == words, path
