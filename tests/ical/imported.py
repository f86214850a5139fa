"""What an import of a calendar says."""

from wtisd_model import Imported, LocalizedText

OURS = "-//wtisd_model//iCalendar//EN"


def text(words: str, language: str = "und") -> LocalizedText:
    return LocalizedText(text=words, language=language)


def left_out(imported: Imported) -> list[object]:
    """List the names of what was left out: parameters, properties and components."""
    names = (each.params for each in imported.findings if each.code.endswith(("-dropped", "-unsupported")))
    return [each.get("parameter") or each.get("property") or each.get("component") for each in names]
