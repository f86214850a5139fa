"""A problem as an integer program: kinds of equal people, groups of equal sittings, and a sum for each objective."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import combinations, combinations_with_replacement
from math import gcd
from operator import mul
from typing import NamedTuple

from wtisd_model.roster.problem import Meeting, Post, Problem, Worker, scenes
from wtisd_model.roster.program import Budget, Factors, Program, value_of

CHOICES = 1000
"""The weights of the choice among equal solutions are below this."""

MOST_TEAMS = 3000
"""Each team of a post has a column of its own if there are no more, in a group of several sittings..."""

MOST_TEAMS_ALONE = 100
"""... and in a group of one."""

LARGEST_WEIGHT = 10**6
"""The weights of a limit that are larger are rounded."""

KindsOfPost = tuple[int, ...]
"""The kinds of the people in a post, in order; a kind comes once for each person."""


class Kind(NamedTuple):
    """People who are equal in everything but their ids."""

    members: tuple[int, ...]
    """Their indexes."""
    worker: Worker
    """The first one."""


class Sum(NamedTuple):
    """The value of an objective: a sum over columns and a constant."""

    terms: Factors
    constant: int = 0
    least: int = 0
    """What it is never below, without solving anything."""
    is_exact: bool = True
    """False if the sum may be more than the value, so that its bound says nothing."""


class PostCell(NamedTuple):
    """Posts that are equal, one in each sitting of a group."""

    posts: tuple[int, ...]
    post: Post
    """The first one."""
    heads: dict[int, Factors]
    """For each kind that may sit there, the sum of its people in all the posts."""
    alike: dict[int, int]
    """For each kind, the first one that works between the same languages here."""
    teams: dict[KindsOfPost, int] | None
    """The column of each team, of such first ones: in how many of the posts it sits; None if there are too many."""
    own: dict[int, int]
    """The column of each kind that has one: in how many of the posts it has a seat."""
    below: Factors
    """The posts below the minimum."""


class Formulation:
    """The columns and rows of a program for a problem."""

    def __init__(
        self, problem: Problem, kinds: Sequence[Kind], groups: Sequence[Sequence[int]], budget: Budget
    ) -> None:
        """Make the columns and rows that say who may sit where; not all of them if the budget is spent.

        Args:
            problem: what is needed.
            kinds: its workers.
            groups: its sittings; those of one group are equal, and nobody can take two of them.
            budget: what may be spent.
        """
        self.problem: Problem = problem
        self.kinds: Sequence[Kind] = kinds
        self.program: Program = Program()
        self._budget = budget
        self._load_column: int | None = None
        self._empties: dict[int, Factors] = {}
        self._eligible: dict[int, list[int]] = defaultdict(list)
        for number, kind in enumerate(kinds):
            for post in sorted(kind.worker.posts):
                self._eligible[post].append(number)
        self._kind_of = {member: number for number, kind in enumerate(kinds) for member in kind.members}
        posts: dict[int, list[int]] = defaultdict(list)
        for index, (sitting, *_) in enumerate(problem.posts):
            posts[sitting].append(index)
        self.groups: list[list[PostCell]] = []
        for group in groups:
            cells = [self._cell(cell) for cell in zip(*(posts[sitting] for sitting in group), strict=True)]
            if len(group) > 1 and any(cell.teams is None for cell in cells):
                single = [self._cell((post,)) for cell in cells for post in cell.posts]
                self.groups += [[cell for cell in single if cell.post.sitting == sitting] for sitting in group]
            else:
                self.groups.append(cells)
        for cells in self.groups:
            for cell in cells:
                if budget.is_spent:
                    return
                self._add(cell)
        self.cell_of: dict[int, PostCell] = {
            post: cell for cells in self.groups for cell in cells for post in cell.posts
        }
        self._limit_sittings()
        for worker, post in sorted(problem.fixed):
            fixed = self._kind_of[worker]
            self.program.row(self.cell_of[post].heads[fixed], least=len(kinds[fixed].members))

    def _cell(self, posts: tuple[int, ...]) -> PostCell:
        post = self.problem.posts[posts[0]]
        alike: dict[int, int] = {}
        first: dict[frozenset[tuple[str, str]], int] = {}
        people: Counter[int] = Counter()
        for kind in self._eligible[posts[0]]:
            pairs = frozenset(pair for pair in self.kinds[kind].worker.pairs_at(post) if post.language in pair)
            alike[kind] = first.setdefault(pairs, kind)
            people[alike[kind]] += len(self.kinds[kind].members)
        teams = _teams(people, post.needed, MOST_TEAMS if len(posts) > 1 else MOST_TEAMS_ALONE)
        return PostCell(posts, post, {}, alike, None if teams is None else dict.fromkeys(teams, -1), {}, {})

    def _add(self, cell: PostCell) -> None:
        """Add the columns of a cell, and the rows that keep them together."""
        program, size, needed = self.program, len(cell.posts), cell.post.needed
        minimum = min(cell.post.minimum, needed)
        counts = Counter(cell.alike.values())
        for kind, first in cell.alike.items():
            cell.heads[kind] = {}
            if cell.teams is None or counts[first] > 1:
                column = cell.own[kind] = program.column(min(len(self.kinds[kind].members), size * needed))
                cell.heads[kind][column] = 1
        if cell.teams is None:
            everybody = _total(cell.heads.values())
            program.row(everybody, most=needed)
            if minimum:
                below = program.column(1)
                program.row({**everybody, below: minimum}, least=minimum)
                cell.below[below] = 1
            return
        heads: dict[int, Factors] = {first: {} for first in counts}
        for team in cell.teams:
            column = cell.teams[team] = program.column(size)
            for first, times in Counter(team).items():
                heads[first][column] = times
            if len(team) < minimum:
                cell.below[column] = 1
        program.row(dict.fromkeys(cell.teams.values(), 1), least=size, most=size)
        for first, total in heads.items():
            if counts[first] > 1:
                kinds = _total(cell.heads[kind] for kind, other in cell.alike.items() if other == first)
                program.row(_total([total, _times(kinds, -1)]), least=0, most=0)
            else:
                cell.heads[first].update(total)

    def _limit_sittings(self) -> None:
        # In another order of rows, such as first days and then windows of days, a week takes twice as long.
        limits = self.problem.limits
        order = sorted(range(len(limits)), key=lambda limit: sorted(limits[limit].weights.items()))
        rank = {limit: place for place, limit in enumerate(order)}
        for number, kind in enumerate(self.kinds):
            if self._budget.is_spent:
                return
            taken: dict[int, Factors] = {}
            for cells in self.groups:
                heads = _total(cell.heads[number] for cell in cells if number in cell.heads)
                if heads:
                    taken[cells[0].post.sitting] = heads
                    # Nobody can take two of a group: those who sit there sit in one post each.
                    self.program.row(heads, most=len(kind.members))
            for limit in sorted(kind.worker.limits, key=rank.__getitem__):
                weights, most = limits[limit]
                concerned = {sitting: weights[sitting] for sitting in taken if weights.get(sitting)}
                if concerned and sum(concerned.values()) > most:
                    unit = gcd(*concerned.values())
                    factor = Fraction(1, unit)
                    if max(most, *concerned.values()) > LARGEST_WEIGHT * unit:
                        # Floats err with such numbers; rounded down, they forbid nothing that is allowed. Of the rest,
                        # two sittings that are too much together are still told.
                        factor = Fraction(LARGEST_WEIGHT, max(1, most))
                        for one, other in combinations(concerned, 2):
                            if concerned[one] + concerned[other] > most:
                                self.program.row(_total([taken[one], taken[other]]), most=len(kind.members))
                    most = int(most * factor)
                    total = _total(
                        _times(taken[sitting], min(int(weight * factor), most + 1))
                        for sitting, weight in concerned.items()
                    )
                    self.program.row(total, most=len(kind.members) * most)

    def sums(self, values: Sequence[int]) -> Iterator[Sum]:
        """Yield the sum of each objective in their order, and that of the last choice; each adds what it needs.

        Once the budget is spent, nothing follows.

        Args:
            values: the values of the objectives yielded so far, which the caller adds as they are found.
        """
        problem, kinds = self.problem, self.kinds
        cells = [cell for group in self.groups for cell in group]
        priorities = [problem.sittings[cell.post.sitting].priority for cell in cells]
        people = [sum(len(kinds[kind].members) for kind in cell.heads) for cell in cells]
        needed = sum(post.needed for post in problem.posts)
        short = [len(cell.posts) * max(0, cell.post.needed - most) for cell, most in zip(cells, people, strict=True)]
        below = [
            len(cell.posts) * (most < min(cell.post.minimum, cell.post.needed))
            for cell, most in zip(cells, people, strict=True)
        ]
        yield Sum(_total(_times(heads, -1) for cell in cells for heads in cell.heads.values()), needed, sum(short))
        yield Sum(_total(cell.below for cell in cells), 0, sum(below))
        yield Sum(
            _total(
                _times(heads, -priority)
                for cell, priority in zip(cells, priorities, strict=True)
                for heads in cell.heads.values()
            ),
            sum(post.needed * problem.sittings[post.sitting].priority for post in problem.posts),
            max(sum(map(mul, short, priorities)), values[0] * min(priorities, default=0)),
        )
        ways = Ways(self.program, problem, kinds, self.groups, self._budget)
        if self._budget.is_spent:
            return
        yield Sum(ways.missing, 0, ways.only_missing)
        # All members of a kind are kept at the same posts.
        kept = sorted({(post, self._kind_of[worker]) for worker, post in problem.kept})
        yield Sum(_total(_times(self.cell_of[post].heads[kind], -1) for post, kind in kept), len(problem.kept))
        yield Sum(ways.relays, 0, max(0, ways.without_retour - values[3]))
        retours = [
            heads
            for cell in cells
            for kind, heads in cell.heads.items()
            if cell.post.language in kinds[kind].worker.retours
        ]
        yield Sum(_total([*retours, ways.retours]), 0, max(0, ways.without_direct - values[3] - values[5]))
        able = [kind for kind in kinds if kind.worker.posts]
        seats = needed - values[0]
        yield Sum(
            _total(_times(heads, kinds[kind].worker.cost) for cell in cells for kind, heads in cell.heads.items()),
            0,
            seats * min((kind.worker.cost for kind in able), default=0),
        )
        yield self._load(cells, -(-seats // max(1, sum(len(kind.members) for kind in able))))
        yield self._replaced()
        yield Sum(
            _total(_times(heads, self._weight(cell, kind)) for cell in cells for kind, heads in cell.heads.items())
        )

    def columns_of(self, seats: Iterable[tuple[int, int]]) -> dict[int, int]:
        """Return the values of the integral columns that seats mean."""
        teams: dict[int, list[int]] = {post: [] for post in self.cell_of}
        load: Counter[int] = Counter()
        for worker, post in seats:
            teams[post].append(self._kind_of[worker])
            load[worker] += 1
        columns: Counter[int] = Counter()
        for cell in (cell for group in self.groups for cell in group):
            for post in cell.posts:
                team = teams[post]
                if cell.teams is None:
                    columns.update(dict.fromkeys(cell.below, int(len(team) < min(cell.post.minimum, cell.post.needed))))
                    columns.update(dict.fromkeys(self._empties.get(post, ()), int(not team)))
                else:
                    columns.update(dict.fromkeys(cell.teams.values(), 0))
                    columns[cell.teams[tuple(sorted(cell.alike[kind] for kind in team))]] += 1
                for kind, column in cell.own.items():
                    columns[column] += team.count(kind)
        if self._load_column is not None:
            columns[self._load_column] = max(load.values(), default=0)
        return columns

    def teams_of(self, cell: PostCell, columns: Sequence[int]) -> list[KindsOfPost]:
        """Return the teams of a cell, of kinds that are alike, in order; which post each sits in is not said."""
        if cell.teams is not None:
            return [team for team, column in cell.teams.items() for _ in range(columns[column])]
        return [tuple(kind for kind, column in cell.own.items() for _ in range(columns[column]))]

    def load_of(self, columns: Sequence[int]) -> int | None:
        """Return the largest load, if it is known."""
        # Columns that were found before the load was asked for do not have it.
        return None if self._load_column is None or self._load_column >= len(columns) else columns[self._load_column]

    def _load(self, cells: Iterable[PostCell], least: int) -> Sum:
        most = self._load_column = self.program.column(len(self.problem.sittings))
        total: dict[int, Factors] = defaultdict(dict)
        for cell in cells:
            for kind, heads in cell.heads.items():
                total[kind].update(heads)
        for kind, heads in total.items():
            self.program.row({**heads, most: -len(self.kinds[kind].members)}, most=0)
        return Sum({most: 1}, 0, least)

    def _replaced(self) -> Sum:
        pairs_of: dict[tuple[tuple[int, ...], tuple[int, ...]], list[tuple[int, int]]] = defaultdict(list)
        for pair in self.problem.followers:
            pairs_of[self.cell_of[pair[0]].posts, self.cell_of[pair[1]].posts].append(pair)
        total: Factors = {}
        is_exact = True
        for pairs in pairs_of.values():
            before, after = (self.cell_of[post] for post in pairs[0])
            if len(before.posts) == len(after.posts) == 1:
                replaced = self._replaced_people(before, after)
                total |= _times(replaced, len(pairs))
            else:
                total |= self._replaced_teams(before, after)
                is_exact = False
        return Sum(total, 0, 0, is_exact)

    def _replaced_people(self, before: PostCell, after: PostCell) -> Factors:
        empty, needed = self._empty(before), after.post.needed
        total: Factors = {}
        for kind, heads in after.heads.items():
            replaced = self.program.column(needed, integral=False)
            left = _total([heads, _times(before.heads.get(kind, {}), -1), _times(empty, -needed), {replaced: -1}])
            self.program.row(left, most=0)
            total[replaced] = 1
        return total

    def _replaced_teams(self, before: PostCell, after: PostCell) -> Factors:
        """Return the people of teams that do not stay as they are, which is not always the least that is possible."""
        size = len(after.posts)
        teams = before.teams or {}
        stays = [({column: 1}, teams.get(team), len(team)) for team, column in (after.teams or {}).items()]
        stays += [({column: 1}, before.own.get(kind), 1) for kind, column in after.own.items()]
        total: Factors = {}
        for left, other, times in stays:
            replaced = self.program.column(size * after.post.needed, integral=False)
            self.program.row({**left, replaced: -1, **({} if other is None else {other: -1})}, most=0)
            total[replaced] = times
        return total

    def _empty(self, cell: PostCell) -> Factors:
        if cell.teams is not None:
            return {cell.teams[()]: 1}
        if cell.posts[0] in self._empties:
            return self._empties[cell.posts[0]]
        empty = self.program.column(1)
        self._empties[cell.posts[0]] = {empty: 1}
        everybody = _total(cell.heads.values())
        self.program.row({**everybody, empty: cell.post.needed}, most=cell.post.needed)
        return {empty: 1}

    def _weight(self, cell: PostCell, kind: int) -> int:
        post = cell.post
        name = f"{self.kinds[kind].worker.id}\n{post.sitting}\n{post.language}\n{cell.posts[0]}"
        return int.from_bytes(sha256(name.encode()).digest()[:8]) % CHOICES


class Ways:
    """The columns that say how floor languages reach posts, by `rules.hearing`."""

    def __init__(
        self,
        program: Program,
        problem: Problem,
        kinds: Sequence[Kind],
        groups: Iterable[Sequence[PostCell]],
        budget: Budget,
    ) -> None:
        """Add the columns to a program, for the cells of each group; not all of them if the budget is spent."""
        self.missing: Factors = {}
        self.relays: Factors = {}
        self.retours: Factors = {}
        self.only_missing: int = 0
        self.without_retour: int = 0
        self.without_direct: int = 0
        self._program, self._kinds, self._pivots = program, kinds, problem.pivots
        for cells in groups:
            posts = [cell.post for cell in cells]
            meeting = problem.sittings[posts[0].sitting] if posts else Meeting((), 1)
            for places, floors in scenes(meeting, posts).items():
                teams = [[cells[place] for place in team] for team in places]
                for floor in sorted(floors):
                    if budget.is_spent:
                        return
                    carried = self._carried([cell for team in teams for cell in team], floor)
                    for team in teams:
                        if team[0].post.language != floor:
                            self._reach(team, floor, carried)

    def _carried(self, cells: Sequence[PostCell], floor: str) -> dict[tuple[str, bool], Factors]:
        """Return in how many sittings others can hear a floor language in another one, by that and if by retour."""
        carried: dict[tuple[str, bool], Factors] = {}
        for cell in cells:
            for kind in cell.alike if cell.post.feeds else ():
                for source, target in self._kinds[kind].worker.pairs_at(cell.post):
                    by_retour = target != cell.post.language
                    if (
                        source == floor
                        and (not by_retour or (cell.post.both_ways and cell.post.language == floor))
                        and (self._pivots is None or target in self._pivots)
                    ):
                        carried.setdefault((target, by_retour), {})
        for (target, by_retour), terms in carried.items():
            for cell in cells:
                if cell.post.feeds and (
                    (cell.post.both_ways and cell.post.language == floor) if by_retour else cell.post.language == target
                ):
                    terms.update(self._working(cell, floor, target))
        return carried

    def _working(self, cell: PostCell, source: str, target: str) -> Factors:
        """Return the posts in which somebody works from one language into another.

        Where each kind has a column of its own, it is the number of people instead.
        """
        able = {kind for kind in cell.alike if (source, target) in self._kinds[kind].worker.pairs_at(cell.post)}
        if cell.teams is None:
            return {column: 1 for kind, column in cell.own.items() if kind in able}
        return {column: 1 for team, column in cell.teams.items() if not able.isdisjoint(team)}

    def _reach(self, cells: Sequence[PostCell], floor: str, carried: Mapping[tuple[str, bool], Factors]) -> None:
        """Add how a floor language reaches a team: its cells are several only in a group of one sitting."""
        post, program = cells[0].post, self._program
        size, language = len(cells[0].posts), post.language
        are_teams = all(cell.teams is not None for cell in cells)
        direct = _total(self._working(cell, floor, language) for cell in cells)
        reached = dict(direct)
        retours: Factors = {}
        relays: Factors = {}
        indirect: Factors = {}
        through_team: Factors = {}
        for source in [language, *sorted({target for target, _ in carried} - {language})] if post.listens else ():
            ways = (True,) if source == language else (False, True)
            heard = _total(carried.get((source, by_retour), {}) for by_retour in ways)
            working = _total(self._working(cell, source, language) for cell in cells)
            if are_teams:
                # Who works from the floor directly needs nothing else.
                working = {column: 1 for column in working if column not in direct}
            # Listeners hear a retour without the team, but captions of it have to be written.
            is_passed_on = source == language and post.feeds
            if heard and (is_passed_on or working):
                column = program.column(size, integral=False)
                if not is_passed_on:
                    program.row({column: 1, **_times(working, -1)}, most=0)
                    through_team[column] = 1
                    indirect |= working
                program.row({column: 1, **_times(heard, -1)}, most=0)
                (retours if source == language else relays)[column] = reached[column] = 1
        if are_teams and len(through_team) > 1:
            # A team that can work from several languages is one team all the same.
            program.row({**through_team, **_times(indirect, -1)}, most=0)
        self.retours |= retours
        self.relays |= relays
        missing = program.column(size, integral=False)
        self.missing[missing] = reached[missing] = 1
        program.row(reached, least=size)
        # Which ways there are is known before who sits where.
        by_retour, by_relay = bool(retours), bool(relays)
        self.only_missing += size * (not direct and not by_retour and not by_relay)
        self.without_retour += size * (not direct and not by_retour)
        self.without_direct += size * (not direct)


def paired(
    problem: Problem,
    kinds: Sequence[Kind],
    cells: Sequence[PostCell],
    teams: Sequence[Sequence[KindsOfPost]],
    budget: Budget,
) -> list[list[KindsOfPost]]:
    """Return the teams of each cell of a group in another order: such that those who sit together hear best.

    Args:
        problem: what is needed.
        kinds: its workers.
        cells: those of one group.
        teams: the teams of each cell, one for each post.
        budget: what may be spent.
    """
    program = Program()
    meetings = range(len(teams[0]))
    # The meetings are equal: one cell, that with most teams that differ, keeps its order.
    settled = max(range(len(cells)), key=lambda number: len(set(teams[number])))
    groups: list[list[PostCell]] = [[] for _ in meetings]
    start: dict[int, int] = {}
    for number, cell in enumerate(cells):
        columns = [{team: program.column(1) for team in sorted({*teams[number]})} for _ in meetings]
        for meeting, own in zip(meetings, columns, strict=True):
            program.row(dict.fromkeys(own.values(), 1), least=1, most=1)
            groups[meeting].append(cell._replace(posts=(cell.posts[meeting],), teams=own))
            start |= {column: int(team == teams[number][meeting]) for team, column in own.items()}
            if number == settled:
                program.row({own[teams[number][meeting]]: 1}, least=1)
        for team, times in Counter(teams[number]).items():
            program.row({own[team]: 1 for own in columns}, least=times, most=times)
    ways = Ways(program, problem, kinds, groups, budget)
    for terms in (ways.missing, ways.relays, ways.retours):
        found = program.minimize(terms, start, budget).columns
        if found is None:
            break
        start = {column: found[column] for column in start}
        program.row(terms, most=value_of(terms, found))
    together = [
        [next(team for team, column in (cell.teams or {}).items() if start[column]) for cell in group]
        for group in groups
    ]
    return [list(own) for own in zip(*together, strict=True)]


def _teams(sizes: Mapping[int, int], needed: int, most: int) -> list[KindsOfPost] | None:
    """Return all teams of a post, smallest first; None if there are more than *most*."""
    teams: list[KindsOfPost] = []
    for size in range(needed + 1):
        for team in combinations_with_replacement(sizes, size):
            if all(team.count(kind) <= sizes[kind] for kind in team):
                if len(teams) == most:
                    return None
                teams.append(team)
    return teams


def _times(terms: Factors, factor: int) -> Factors:
    return {column: factor * value for column, value in terms.items()}


def _total(sums: Iterable[Factors]) -> Factors:
    total: Factors = {}
    for terms in sums:
        for column, value in terms.items():
            total[column] = total.get(column, 0) + value
    return total
