"""The look of pages: the rules beside the colours of their theme, for screens, phones and paper."""

from pathlib import Path
from typing import Final

from wtisd_model.markup.theme import style_rules

_FOLDER: Final = Path(__file__).parent

BASE: Final = style_rules(_FOLDER / "base.css")
"""The rules of all pages."""

RULES: Final = BASE + style_rules(_FOLDER / "event.css")
"""The rules of the page of an event."""

FORM: Final = style_rules(_FOLDER / "form.css")
"""The rules of a form, beside those of all pages."""
