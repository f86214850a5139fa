"""What a page carries of an event: the event itself as JSON-LD, and its programme as text."""

from typing import Final

from wtisd_model.jsonld.writer import FORMAT as JSON_LD
from wtisd_model.programme.format import Fields, Format

_SHOWN: Final[Fields] = {
    "Deadline": frozenset({"time_zone"}),
    "Event": frozenset({"sessions", "updated"}),
    "Session": frozenset({"code", "on_site_capacity", "recording", "remote_capacity"}),
}
"""What the page shows, and its JSON-LD does not have."""

FORMAT: Final = Format(
    name="html",
    media_type="text/html",
    extension=".html",
    as_text={
        **JSON_LD.as_text,
        "Dossier": frozenset({"interpretation_requests"}),
        **{name: JSON_LD.as_text.get(name, frozenset()) | fields for name, fields in _SHOWN.items()},
    },
    not_carried={name: fields - _SHOWN.get(name, frozenset()) for name, fields in JSON_LD.not_carried.items()}
    | {"Session": frozenset({"changed_sequence", "extensions", "history", "uid"})},
)
