"""What of an in-house side stays when work leaves: full − avoidable · (full − the same line for the work that stays).

What leaves is taken off once, at the driver: pay and burden follow from the people kept and get no further factor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bpocalc.model import labor
from bpocalc.model.book import Lines, line
from bpocalc.model.overhead import kept
from bpocalc.model.side import PERSONNEL, State, about_of
from bpocalc.model.workplace import seats
from bpocalc.quantity import ZERO, Quantity, sum_of
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.workplace import Seat

Freed = Callable[[Quantity | None, str], State]
"""The side for the work that stays once a line with that removal (named for its address) is free of the rest."""


@line("$/month")
def carried(full: Quantity) -> Quantity:
    """A line that is taken over as it stands."""
    return full


@line("FTE")
def there(heads: list[Quantity]) -> Quantity:
    """People who need a seat, the retained ones among them."""
    return sum_of(heads)


class Kept(State):
    """The in-house lines that an outsourced option still pays."""

    def __init__(self, full: State, lines: Lines, freed: Freed, others: list[Quantity]) -> None:
        self.full = full
        self.freed = freed
        self.others = others
        self._there: Quantity | None = None
        super().__init__(full.side, lines, None, None, opening=full.heads, costs=True)

    def _heads(self) -> dict[str, Quantity]:
        heads: dict[str, Quantity] = {}
        for key in labor.in_order(self.side.teams):
            team = self.side.teams[key]
            state = self.freed(team.removal, f"teams.{key}")
            freed = state.heads[key]
            if team.one_per:
                hours, work = self.side.hours.get(key), self.side.setting.work
                later = None if team.removal is None else freed
                freed = self.lines.driver(labor.needed, team, hours, work, state.share, heads, later, of=key)
            args = (self.full.heads[key], freed, team.avoidable)
            heads[key] = self.lines.driver(labor.kept_heads, *args, of=key, name="headcount")
        return heads

    def need(self, key: str) -> Quantity | None:
        """People that the month's own volume of the work that is still here needs."""
        return self.freed(None, "").need(key)

    @property
    def opening_people(self) -> Quantity:
        """Everybody of the full side."""
        return self.full.people

    def seated(self, name: str, seat: Seat) -> Quantity:
        """Seats of one kind that are still paid for."""
        if self._there is None:
            self._there = self.lines.driver(there, [self.people, *self.others])
        freed = self.freed(seat.removal, f"seats.{name}").people
        return self.lines.driver(seats, self.full.people, freed, seat.avoidable, self._there, of=name)

    def cost(self, key: str) -> None:
        """What stays of one general line."""
        cost = self.side.costs[key]
        name = f"costs.{key}"
        about = about_of(key, cost)
        if cost.avoidable is None:
            self.put(carried, self.full.get(name), name=name, **about)
        else:
            freed = self.freed(cost.removal, name).get(name)
            self.put(kept, self.full.get(name), freed, cost.avoidable, name=name, **about)


@line("$/month")
def work_that_stays(lines: list[Quantity]) -> Quantity:
    """In-house cost of the work that stays."""
    return sum_of(lines)


@line("$/month")
def still_here(lines: list[Quantity]) -> Quantity:
    """In-house cost of the work that stays and of the work that runs in parallel."""
    return sum_of(lines)


@line("$/month")
def dual_running(still_here: Quantity, work_that_stays: Quantity) -> Quantity:
    """Dual running: in-house cost of what the provider already does."""
    return still_here - work_that_stays


@line("$/month")
def all_kept(lines: list[Quantity]) -> Quantity:
    """In-house cost that is kept."""
    return sum_of(lines)


@line("$/month")
def stranded(all_kept: Quantity, still_here: Quantity) -> Quantity:
    """Stranded cost: what is kept beyond the work that is here, still to be removed or never."""
    return all_kept - still_here


@line("$/month")
def to_be_removed(parts: list[Quantity]) -> Quantity:
    """Stranded cost that will still be removed, once leases and contracts have run out."""
    return sum_of(parts)


class Split(NamedTuple):
    """In-house cost of an option: the work that stays, with what runs in parallel, and all that is kept."""

    lines: tuple[Mapping[str, Quantity], ...]
    """Each line in these three states, by its name."""
    sums: tuple[Quantity, ...]
    """The same added up."""
    dual: Quantity
    removable: Quantity
    """Stranded cost that will still be removed."""


def split(kept_state: Kept, taken: State, gone: State, lines: Lines, *, soft: bool = False) -> Split | None:
    """The lines that are paid again and again in their three states, put into the book added up; or the soft ones.

    Kept cost is the work that stays, dual running and stranded cost, and the three add up. None where there is no line.
    """
    costs = kept_state.side.costs

    def mine(name: str) -> bool:
        cost = costs[name[6:]] if name.startswith("costs.") else None
        return not soft if cost is None else not cost.is_once and cost.soft == soft

    names = [name for name in kept_state.found if mine(name)]
    if soft and not names:
        return None
    at_taken, at_gone, at_kept = ({name: state.get(name) for name in names} for state in (taken, gone, kept_state))
    stays = lines.driver(work_that_stays, list(at_taken.values()))
    here = lines.driver(still_here, list(at_gone.values()))
    dual = lines.driver(dual_running, here, stays)
    kept_sum = lines.driver(all_kept, list(at_kept.values()))
    lines.driver(stranded, kept_sum, here)
    parts = []
    for name, part in _removed_late(kept_state):
        freed = kept_state.freed(part.removal, name if name.startswith("costs.") else f"seats.{name}")
        if part.avoidable is not None and name in names:
            parts.append(part.avoidable * (freed.get(name) - gone.get(name)))
    for key, team in kept_state.side.teams.items():
        if team.removal is not None and not soft:
            late = kept_state.freed(team.removal, f"teams.{key}")
            words = [f"{word}.{key}" for word in PERSONNEL if f"{word}.{key}" in kept_state.found]
            parts += [team.avoidable * (late.get(name) - gone.get(name)) for name in words]
    removable = lines.driver(to_be_removed, parts) if parts else ZERO
    return Split((at_taken, at_gone, at_kept), (stays, here, kept_sum), dual, removable)


def _removed_late(state: Kept) -> list[tuple[str, Seat | Cost]]:
    """The seats and general lines that go only some time after the work."""
    parts: dict[str, Seat | Cost] = {**state.side.seats}
    parts |= {f"costs.{key}": cost for key, cost in state.side.costs.items()}
    return [(name, part) for name, part in parts.items() if part.removal is not None]
