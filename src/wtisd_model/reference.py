"""The reference event: WTISD-23 exactly as circular letter CL-23/9 announces it."""

from pathlib import Path

from wtisd_model.json.validator import from_json
from wtisd_model.model.event import Event


def wtisd_23(*, outside_facts: bool = False) -> Event:
    """Return the World Telecommunication and Information Society Day 2023, as circular letter CL-23/9 announces it.

    It is on 17 May 2023, from 14:30 to 16:30 in Geneva, which is 12:30Z to 14:30Z.

    Its ``provenance`` marks what was inferred from the letter, and what is from outside.

    Args:
        outside_facts: whether to add facts from other sources: the English title, theme, organizer and place, and the
            address of the place.

    Source: ITU, circular letter CL-23/9, 12 April 2023, in French. The page "The reference event" of the documentation
    quotes the letter for each field.
    """
    name = "wtisd-23-outside" if outside_facts else "wtisd-23"
    return from_json(Event, (Path(__file__).with_name("data") / f"{name}.json").read_bytes())
