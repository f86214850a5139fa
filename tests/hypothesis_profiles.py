"""How many examples Hypothesis tries: a few at the desk, 50 new ones for each law in the gates, more in a soak.

``HYPOTHESIS_PROFILE`` chooses: ``short`` (the default), ``full`` or ``soak``. A law, such as "what is read back equals
what was written", is marked ``@LAW`` above its ``@given`` and is tried most; other properties are tried less often.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from hypothesis import HealthCheck, settings

T = TypeVar("T")

# Examples for a law, and for any other property.
EXAMPLES = {"short": (15, 10), "full": (50, 15), "soak": (100_000, 2_000)}


def chosen(environment: Mapping[str, str]) -> str:
    """Return the name of the profile that the environment asks for; raise a ValueError for an unknown one."""
    name = environment.get("HYPOTHESIS_PROFILE", "short")
    if name not in EXAMPLES:
        message = f"HYPOTHESIS_PROFILE is one of {', '.join(EXAMPLES)}"
        raise ValueError(message)
    return name


def register_profiles(environment: Mapping[str, str]) -> None:
    """Register the profiles with Hypothesis and load the chosen one."""
    for name, (_, ordinary) in EXAMPLES.items():
        settings.register_profile(
            name,
            parent=settings.get_profile("default"),
            max_examples=ordinary,
            # A busy machine is not a failure; bounds of time are in tests/benchmarks.
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
            # The README's command gives the same result every time. The others try new examples; what fails is repeated
            # with the seed that pytest was given or, without one, that it prints.
            derandomize=name == "short",
            print_blob=True,
        )
    settings.load_profile(chosen(environment))


# A settings object copies the profile that is loaded when it is made, so the profile comes before LAW.
register_profiles(os.environ)

LAW = settings(max_examples=EXAMPLES[chosen(os.environ)][0])
"""The setting of a law: ``@LAW`` above ``@given(...)``."""

LAW_OF_FIELDS = settings(max_examples=EXAMPLES[chosen(os.environ)][0] // 3)
"""The setting of a law that tries each field of its example by itself: a few examples are hundreds of trials."""


def sampled(items: Iterable[T], *, desk: int = 9, gates: int = 1) -> Iterator[T]:
    """Yield every n-th item of a grid: at the desk always the same, in the gates others each time, in a soak all.

    ``GRID_SEED`` is a number for each state of the code, by which the gates choose; without it, they take the first.
    """
    match chosen(os.environ):
        case "short":
            return islice(items, 0, None, desk)
        case "full":
            return islice(items, int(os.environ.get("GRID_SEED", "0")) % gates, None, gates)
        case _:
            return iter(items)
