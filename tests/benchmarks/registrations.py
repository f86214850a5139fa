"""How fast a registration is checked, read and written, compared with seven other libraries with the same rules.

    pip install -c constraints.txt -e '.[benchmark]'
    python tests/benchmarks/registrations.py [--json | --page] [--quick] [--peers P,Q] [--only bytes,dump]

First each library is asked about good and bad payloads. Then all take turns, in rotating order; what is given is the
least processor time of all rounds, and how many times as fast as pydantic each is by these.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

from tests.benchmarks.comparison import BASE, MEASURES, PEERS, Comparison, loaded
from tests.benchmarks.report import INSTALL, as_text, on_page, report

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def _arguments(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(description="Compare with other libraries.")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--page", action="store_true", help="write the figures into docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="fewer payloads and rounds")
    parser.add_argument("--peers", default=",".join(PEERS), help="peers besides pydantic: msgspec,cattrs")
    parser.add_argument("--only", default=",".join(MEASURES), help="what to measure: bytes,dump")
    chosen = parser.parse_args(arguments)
    for option, known in (("peers", PEERS), ("only", MEASURES)):
        names = getattr(chosen, option).split(",")
        if not {*names} <= {*known}:
            parser.error(f"--{option} takes some of {','.join(known)}")
        setattr(chosen, option, names)
    return chosen


def main(arguments: list[str]) -> int:
    """Run the comparison and print it; ends with 1 where pydantic is missing."""
    chosen = _arguments(arguments)
    peers, missing = loaded(chosen.peers)
    if BASE not in peers:
        print(f"{BASE}, to which all is compared, is not installed: {INSTALL}", file=sys.stderr)
        return 1
    whole = report(Comparison(peers, quick=chosen.quick), chosen.only, missing)
    if chosen.page:
        PAGE.write_text(on_page(PAGE.read_text(encoding="utf-8"), whole, datetime.now(UTC).date()), encoding="utf-8")
    print(json.dumps(whole) if chosen.json else as_text(whole))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
