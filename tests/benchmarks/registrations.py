"""How fast a registration is checked, read and written, beside seven other libraries with the same rules.

    pip install -c constraints.txt -e '.[benchmark]'
    python tests/benchmarks/registrations.py [--json | --markdown] [--quick] [--peers P,Q] [--only bytes,dump]

First it prints what each library says of good and bad payloads. Then all take turns, in rotating order; what is given
is the median of processor time, and how many times as fast as pydantic each is: the median of the rounds' ratios.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks
    from tests.benchmarks.comparison import main

    raise SystemExit(main(sys.argv[1:]))
