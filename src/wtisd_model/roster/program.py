"""An integer program, minimized for one objective after another: the only module that knows the solver HiGHS."""

import math
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

Factors = dict[int, int]
"""A linear sum: the factor of each column, by its index."""

SEED = 20_261_201
"""The seed of the solver; which one it is changes nothing that is proven."""

_TOLERANCE = 1e-6
_RELATIVE = 1e-9

_DEARER = 0.01
"""What a column must add to a sum, beyond its least value, to be left out: far more than HiGHS errs by."""


def value_of(terms: Factors, columns: Sequence[int]) -> int:
    """Return the value of a sum for values of the columns."""
    return sum(factor * columns[column] for column, factor in terms.items())


_CORNERS = 3
"""The solutions in fractions whose columns are enough for one in whole numbers, mostly."""
_STEP, _MODULUS = 7919, 997


class Budget:
    """What a proposal may spend: seconds and nodes of the search, for all its programs together."""

    def __init__(self, seconds: float | None, nodes: int | None) -> None:
        self._end = math.inf if seconds is None else time.monotonic() + seconds
        self.nodes = nodes

    @property
    def seconds(self) -> float:
        """The seconds that are left."""
        return self._end - time.monotonic()

    @property
    def is_spent(self) -> bool:
        """True if nothing is left."""
        return self.seconds <= 0 or self.nodes == 0


class SearchOutcome(NamedTuple):
    """What a search has found."""

    columns: tuple[int, ...] | None
    """The value of each column, rounded; None if none was found."""
    bound: float
    """What no values can be below."""


class Program:
    """Columns with bounds, and rows that limit their sums."""

    def __init__(self) -> None:
        self.integral: list[bool] = []
        self._most: list[int] = []
        self._rows: list[tuple[Factors, float, float]] = []
        self._highs: Any = None
        self._passed = 0

    def column(self, most: int, *, integral: bool = True) -> int:
        """Add a column of at least 0, and return its index."""
        self._most.append(most)
        self.integral.append(integral)
        return len(self._most) - 1

    def row(self, terms: Factors, *, least: float = -math.inf, most: float = math.inf) -> None:
        """Keep a sum within limits."""
        self._rows.append((terms, least, most))

    def minimize(self, terms: Factors, start: Mapping[int, int], budget: Budget) -> SearchOutcome:
        """Return values of the columns for which a sum is smallest, or the best ones that the budget allows.

        Args:
            terms: the sum.
            start: values of the integral columns to begin with, if they are within the limits.
            budget: what may be spent; the nodes that were searched are taken from it.

        Raises:
            ImportError: highspy is not installed: ``pip install 'wtisd-model[roster]'``.
        """
        highspy, np, scale = self._begin(terms)
        highs = self._highs
        highs.clearSolver()
        if start:
            highs.setSolution(len(start), np.array([*start], dtype=np.int32), np.array([*start.values()], float))
        outcome = self._run(highspy, scale, budget)
        is_optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if is_optimal and outcome.columns is not None and value_of(terms, outcome.columns) > outcome.bound:
            # HiGHS 1.16 says "optimal" of what it has not proven, if a start gets better when the program is reduced,
            # or if nothing is left of the program then. Without a start, and unreduced, it does prove it.
            highs.clearSolver()
            highs.setOptionValue("presolve", "off")
            outcome = self._run(highspy, scale, budget)
            highs.setOptionValue("presolve", "choose")
        return outcome

    def settle(self, terms: Factors, budget: Budget) -> int | None:
        """Keep a sum at what it cannot be below as long as columns need not be whole, rounded up, and return that.

        Whole columns that are 0 wherever the sum is so small stay out. None means that nothing was found within the
        limits and the budget.
        """
        highspy, np, scale = self._begin(terms)
        if not self._relax(highspy, budget):
            return None
        highs = self._highs
        value = highs.getInfo().objective_function_value
        least = _rounded_up(value)
        dearer = value + np.array(highs.getSolution().col_dual) > least + _DEARER
        self._leave_out(np, dearer & np.array(self.integral))
        self.row(terms, most=scale * least)
        return scale * least

    def complete(self, terms: Factors, start: Mapping[int, int], budget: Budget) -> SearchOutcome:
        """Return values of the columns as `minimize` does, sooner if a sum can be what `settle` keeps it at.

        Of very many columns, some solutions that need not be whole name the few that a whole one needs.
        """
        highspy, np, _ = self._begin(terms)
        upper = np.array(self._highs.getLp().col_upper_)
        least = self.settle(terms, budget)
        if least is None:
            return SearchOutcome(None, -math.inf)
        size = len(self._most)
        used = np.zeros(size, dtype=bool)
        for turn in range(1, _CORNERS + 1):
            self._begin({column: column * turn * _STEP % _MODULUS for column in range(size)})
            if self._relax(highspy, budget):
                used |= np.array(self._highs.getSolution().col_value) > _TOLERANCE
        self._begin({})
        self._leave_out(np, np.array(self.integral) & ~used)
        self._highs.clearSolver()
        columns = self._run(highspy, 1, budget).columns
        if columns is not None:
            return SearchOutcome(columns, least)
        self._highs.changeColsBounds(size, np.arange(size, dtype=np.int32), np.zeros(size), upper)
        self._highs.changeRowBounds(self._highs.getNumRow() - 1, -math.inf, math.inf)
        return self.minimize(terms, start, budget)

    def _relax(self, highspy: Any, budget: Budget) -> bool:
        """Minimize without whole numbers, from the last solution on; return True if that is done."""
        self._highs.setOptionValue("solve_relaxation", True)  # noqa: FBT003 - the names are those of HiGHS
        self._highs.setOptionValue("time_limit", max(budget.seconds, 0.0))
        self._highs.run()
        self._highs.setOptionValue("solve_relaxation", False)  # noqa: FBT003 - an option of HiGHS
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _leave_out(self, np: Any, columns: Any) -> None:
        indexes = np.flatnonzero(columns).astype(np.int32)
        zeros = np.zeros(len(indexes))
        self._highs.changeColsBounds(len(indexes), indexes, zeros, zeros)

    def _begin(self, terms: Factors) -> tuple[Any, Any, int]:
        """Write down what has been added and the sum to minimize, divided by the number returned."""
        try:
            highspy: Any = import_module("highspy")
            np: Any = import_module("numpy")
        except ImportError as missing:
            raise ImportError(
                "Proposals of rosters need highspy: pip install 'wtisd-model[roster]'", name="highspy"
            ) from missing
        if self._highs is None:
            self._highs = _highs(highspy)
        self._pass_columns(np)
        self._pass_rows(np)
        scale = math.gcd(*terms.values()) or 1
        costs = np.zeros(len(self._most))
        costs[list(terms)] = [factor / scale for factor in terms.values()]
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        return highspy, np, scale

    def _run(self, highspy: Any, scale: int, budget: Budget) -> SearchOutcome:
        highs = self._highs
        if budget.nodes is not None:
            highs.setOptionValue("mip_max_nodes", budget.nodes)
        highs.setOptionValue("time_limit", max(budget.seconds, 0.0))
        highs.run()
        info = highs.getInfo()
        if budget.nodes is not None:
            budget.nodes = max(0, budget.nodes - max(1, int(info.mip_node_count)))
        columns = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            columns = tuple(map(round, highs.getSolution().col_value))
        bound = info.mip_dual_bound
        if math.isfinite(bound):
            bound = scale * _rounded_up(bound)
        return SearchOutcome(columns, bound)

    def _pass_columns(self, np: Any) -> None:
        first, count = self._passed, len(self._most) - self._passed
        if count:
            none = np.array([], dtype=np.int32)
            most = np.array(self._most[first:], float)
            zeros, starts = np.zeros(count), np.zeros(count, dtype=np.int32)
            self._highs.addCols(count, zeros, zeros, most, 0, starts, none, np.array([], float))
            integral = [column for column in range(first, first + count) if self.integral[column]]
            self._highs.changeColsIntegrality(
                len(integral), np.array(integral, dtype=np.int32), np.ones(len(integral), dtype=np.uint8)
            )
            self._passed += count

    def _pass_rows(self, np: Any) -> None:
        sums = [terms for terms, _, _ in self._rows]
        starts = np.cumsum([0, *map(len, sums)], dtype=np.int32)
        index = np.array([column for terms in sums for column in terms], dtype=np.int32)
        value = np.array([factor for terms in sums for factor in terms.values()], float)
        least = np.array([low for _, low, _ in self._rows], float)
        most = np.array([high for _, _, high in self._rows], float)
        self._highs.addRows(len(sums), least, most, len(index), starts[:-1], index, value)
        self._rows = []


def _rounded_up(value: float) -> int:
    return math.ceil(value - max(_TOLERANCE, _RELATIVE * abs(value)))


def _highs(highspy: Any) -> Any:
    # Its callbacks, which nobody needs here, print a banner before an option can forbid it.
    highs: Any = type("Quiet", (highspy.Highs,), {"enableCallbacks": _nothing})()
    options = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": SEED,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def _nothing(_: object) -> None: ...
