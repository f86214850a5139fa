"""Hypothesis strategies for all objects and values: always valid, and often near the edges where programs break.

Each function returns a strategy, which its keyword arguments narrow. They need Hypothesis:
``pip install 'wtisd-model[hypothesis]'``.
"""

from importlib import import_module

try:
    import_module("hypothesis")
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.strategies needs Hypothesis: pip install 'wtisd-model[hypothesis]'", name="hypothesis"
    ) from _missing

from wtisd_model.strategies.events import calls, choices, conditions, events, questions, sessions
from wtisd_model.strategies.fields import payloads
from wtisd_model.strategies.parts import (
    contacts,
    countries,
    document_references,
    documents,
    histories,
    localized_texts,
    locations,
    money,
    organizations,
    provenance,
    series,
    transitions,
    virtual_locations,
)
from wtisd_model.strategies.rosters import (
    assignments,
    booth_teams,
    booths,
    interpreters,
    loads,
    objectives,
    relays,
    rosters,
    shortages,
    skills,
    terms,
    windows,
)
from wtisd_model.strategies.strings import languages
from wtisd_model.strategies.submissions import (
    country_shares,
    dossiers,
    entries,
    interpretation_requests,
    pledges,
    registrations,
    replies,
    reports,
    targets,
    teams,
    waits,
)
from wtisd_model.strategies.times import days, deadlines, moments, slots, zones

__all__ = [
    "assignments",
    "booth_teams",
    "booths",
    "calls",
    "choices",
    "conditions",
    "contacts",
    "countries",
    "country_shares",
    "days",
    "deadlines",
    "document_references",
    "documents",
    "dossiers",
    "entries",
    "events",
    "histories",
    "interpretation_requests",
    "interpreters",
    "languages",
    "loads",
    "localized_texts",
    "locations",
    "moments",
    "money",
    "objectives",
    "organizations",
    "payloads",
    "pledges",
    "provenance",
    "questions",
    "registrations",
    "relays",
    "replies",
    "reports",
    "rosters",
    "series",
    "sessions",
    "shortages",
    "skills",
    "slots",
    "targets",
    "teams",
    "terms",
    "transitions",
    "virtual_locations",
    "waits",
    "windows",
    "zones",
]
