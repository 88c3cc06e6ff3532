"""An improved in-house side: the overlay comes with its ramp, and seats and overhead follow as far as they can go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Unpack

from bpocalc.model import labor
from bpocalc.model.book import About, LineFunction, Lines, line
from bpocalc.model.in_house import carried
from bpocalc.model.labor import Terms
from bpocalc.model.overhead import amount_line, kept, once_line, rate_line
from bpocalc.model.side import Side, State, about_of
from bpocalc.model.workplace import equipment, residual, seat_cost, seats
from bpocalc.quantity import ZERO, Quantity, at_least
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.parts import Part
from bpocalc.scenario.workplace import Equipment, Seat


@line("FTE")
def blended(old: Quantity, new: Quantity, share: Quantity) -> Quantity:
    """Headcount on the way from today's to the improved: old + share · (new − old)."""
    return old + share * (new - old)


@line("")
def blended_term(old: Quantity, new: Quantity, share: Quantity) -> Quantity:
    """A term on the way from today's to the improved: old + share · (new − old)."""
    return old + share * (new - old)


@line("$/month", "other")
def blended_line(old: Quantity, new: Quantity, share: Quantity) -> Quantity:
    """A cost on the way from today's to the improved: old + share · (new − old)."""
    return old + share * (new - old)


@line("$/month", "other")
def kept_at_least(at: Quantity, reduced: Quantity) -> Quantity:
    """What of a line stays: it falls as far as it is avoidable, and is all that the improved side needs."""
    return at_least(at, reduced)


def same(old: Part | None, new: Part | None) -> bool:
    """Whether two parts were written once: all their figures are the same inputs."""
    if old is None or new is None:
        return old is new
    mine, yours = vars(old), vars(new)
    return all(
        a is b or (not isinstance(a, Quantity) and a == b)
        for k, a in mine.items()
        if k != "written"
        for b in [yours[k]]
    )


class Mixed(State):
    """A state whose lines go from today's definition to the improved one."""

    old: State
    new: State
    progress: Quantity

    def mixed(
        self, name: str, function: Callable[[Any], Quantity], old: Part | None, new: Part | None, **about: Unpack[About]
    ) -> Quantity:
        """A line by both definitions, mixed; by one alone where the overlay did not touch it."""
        line = LineFunction(function, "$/month", "other")
        if same(old, new):
            return self.put(line, new, name=name, **about)
        parts = [
            ZERO if part is None else self.lines.driver(line, part, name=f"{name}.{word}", title=name)
            for word, part in (("today", old), ("improved", new))
        ]
        return self.put(blended_line, *parts, self.progress, name=name, **about)

    def put_equipment(self) -> None:
        """Equipment, at today's price, the improved one or on the way."""
        old, new = (state.side.workplace and state.side.workplace.equipment for state in (self.old, self.new))
        if old is None and new is None:
            return
        clock, growth = self.lines.clock, self.side.growth
        before = self.lines.driver(labor.before, self.people, self.old.people, name="people_before")

        def bought(part: Equipment) -> Quantity:
            return equipment(self.people, before, part, growth(part, self.lines))

        def left(part: Equipment) -> Quantity:
            return residual(self.people, part, growth(part, self.lines), clock, clock.last)

        for name, function in (("equipment", bought), ("residual", left)):
            self.mixed(name, function, old, new, title=name, category="workplace")


def _need(state: State, key: str) -> Quantity:
    """People that the month needs of a team: those there where it is staffed by the month, none where it is not."""
    need = state.need(key) if key in state.side.teams else ZERO
    return state.heads[key] if need is None else need


class Blend(Mixed):
    """Today's side and the improved one, mixed as far as the improvement has come."""

    def __init__(self, old: State, new: State, lines: Lines, progress: Quantity) -> None:
        self.old = old
        self.new = new
        self.progress = progress
        teams = {**old.side.teams, **new.side.teams}
        terms = {key: self._terms(key, lines) for key in teams}
        costs = {**old.side.costs, **new.side.costs}
        side = Side(teams, new.side.workplace or old.side.workplace, costs, terms, {}, old.side.setting)
        opening = {key: old.heads.get(key, ZERO) for key in teams}
        super().__init__(side, lines, None, None, opening=opening)

    def _terms(self, key: str, lines: Lines) -> Terms:
        old = self.old.side.terms.get(key, self.new.side.terms.get(key))
        new = self.new.side.terms.get(key, old)
        assert old is not None
        assert new is not None
        return Terms(*[self._term(key, *pair, lines) for pair in zip(Terms._fields, old, new, strict=True)])

    def _term(self, key: str, name: str, old: Quantity | None, new: Quantity | None, lines: Lines) -> Any:
        if old is new:
            return new
        before, after = (ZERO if term is None else term for term in (old, new))
        return lines.driver(blended_term, before, after, self.progress, of=key, name=f"terms.{name}")

    def _heads(self) -> dict[str, Quantity]:
        old, new = self.old.heads, self.new.heads
        return {
            key: self.lines.driver(
                blended, old.get(key, ZERO), new.get(key, ZERO), self.progress, of=key, name="headcount"
            )
            for key in self.side.teams
        }

    def need(self, key: str) -> Quantity | None:
        """People that the month's own volume needs, on the way; a side that is staffed by the month has them."""
        if key not in self._needs:
            sides = [state for state in (self.old, self.new) if key in state.side.teams]
            if any(state.side.teams[key].is_level for state in sides):
                ends = [_need(state, key) for state in (self.old, self.new)]
                self._needs[key] = self.lines.driver(blended, *ends, self.progress, of=key, name="month_need")
        return self._needs.get(key)

    @property
    def seats(self) -> dict[str, Seat]:
        """The kinds of seat of either side."""
        return {**self.old.side.seats, **self.new.side.seats}

    def workplace(self) -> None:
        """Seats, at today's price, the improved one or on the way."""
        for name in self.seats:
            old, new = self.old.side.seats.get(name), self.new.side.seats.get(name)
            self.mixed(name, self._seat_line, old, new)
        self.put_equipment()

    def _seat_line(self, seat: Seat) -> Quantity:
        return seat_cost(self.people, seat, self.side.growth(seat, self.lines))

    def cost(self, key: str) -> None:
        """One general line, by today's definition, the improved one, or on the way between them."""
        old, new = self.old.side.costs.get(key), self.new.side.costs.get(key)
        once = [part for part in (old, new) if part is not None and part.is_once]
        self.mixed(f"costs.{key}", lambda cost: self._general(key, cost), new if once else old, new)

    def _general(self, key: str, cost: Cost) -> Quantity:
        clock = self.lines.clock
        if cost.is_once:
            return once_line(cost, clock, None, None)
        if cost.rate is not None:
            return rate_line(cost, self.rate_base(key, cost), clock)
        return amount_line(cost, self.base(cost), self.side.growth(cost, self.lines), clock)


class Improved(Mixed):
    """The in-house lines that an improved option pays."""

    def __init__(self, full: State, at: Callable[[Quantity | None, str], Blend], lines: Lines) -> None:
        self.full = full
        self.at = at
        self.now = at(None, "")
        self.old, self.new, self.progress = self.now.old, self.now.new, self.now.progress
        super().__init__(self.now.side, lines, None, None, opening=self.now.opening, costs=True)

    def _heads(self) -> dict[str, Quantity]:
        return self.now.heads

    @property
    def people(self) -> Quantity:
        """People of all teams together."""
        return self.now.people

    def need(self, key: str) -> Quantity | None:
        """People that the month's own volume needs."""
        return self.now.need(key)

    def workplace(self) -> None:
        """Seats, which go as leases run out: by their number, or as lines where the overlay changes their price."""
        for name, seat in self.now.seats.items():
            blend = self.at(seat.removal, f"seats.{name}")
            about = About(title=name, category="workplace")
            if same(self.old.side.seats.get(name), self.new.side.seats.get(name)):
                paid = self.lines.driver(seats, self.full.people, blend.people, seat.avoidable, self.people, of=name)
                self.put(seat_cost, paid, seat, self.side.growth(seat, self.lines), name=name, **about)
            else:
                self._falling(name, blend.get(name), seat.avoidable, about, known=name in self.old.side.seats)
        self.put_equipment()

    def cost(self, key: str) -> None:
        """One general line, which falls as far as it is avoidable."""
        cost, name = self.side.costs[key], f"costs.{key}"
        if cost.is_once and key not in self.new.side.costs:
            return
        at = self.at(cost.removal, name).get(name)
        known = key in self.old.side.costs and not cost.is_once
        self._falling(name, at, cost.avoidable, about_of(key, cost), known=known)

    def _falling(self, name: str, at: Quantity, avoidable: Quantity | None, about: About, *, known: bool) -> None:
        """A line that falls only as far as it is avoidable; a new one, or one that rises, is what it is."""
        if avoidable is None or not known:
            self.put(carried, at, name=name, **about)
        else:
            reduced = self.lines.driver(kept, self.full.get(name), at, avoidable, name=f"reduced.{name}")
            self.put(kept_at_least, at, reduced, name=name, **about)
