"""An improved in-house side: the overlay comes with its ramp, and seats and overhead follow as far as they can go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Unpack

from bpocalc.model.book import About, LineFunction, Lines, line
from bpocalc.model.in_house import carried
from bpocalc.model.labor import Terms
from bpocalc.model.overhead import amount_line, once_line, rate_line
from bpocalc.model.side import Side, State, about_of
from bpocalc.model.workplace import seat_cost, seats
from bpocalc.quantity import ZERO, Quantity, at_least
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.parts import Part


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
def kept_at_least(full: Quantity, at: Quantity, avoidable: Quantity) -> Quantity:
    """What of a line stays: full − avoidable · (full − the improved line), and all of it where that is more."""
    return at_least(at, full - avoidable * (full - at))


def same(old: Part | None, new: Part | None) -> bool:
    """Whether two parts were written once: all their figures are the same inputs."""
    if old is None or new is None:
        return old is new
    mine, yours = dict(old), dict(new)
    return all(
        a is b or (not isinstance(a, Quantity) and a == b)
        for k, a in mine.items()
        if k != "written"
        for b in [yours[k]]
    )


class Blend(State):
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
        return lines.driver(blended_term, before, after, self.progress, of=key, name=name)

    def _heads(self) -> dict[str, Quantity]:
        old, new = self.old.heads, self.new.heads
        return {
            key: self.lines.driver(
                blended, old.get(key, ZERO), new.get(key, ZERO), self.progress, of=key, name="headcount"
            )
            for key in self.side.teams
        }

    def mixed(self, name: str, function: LineFunction[...], old: Any, new: Any, **about: Unpack[About]) -> Quantity:
        """A line by both definitions, mixed; by one alone where the overlay did not touch it."""
        if same(old, new):
            return self.put(function, new, name=name, **about)
        parts = [
            ZERO if part is None else self.lines.driver(function, part, name=f"{name}.{word}")
            for word, part in (("today", old), ("improved", new))
        ]
        return self.put(blended_line, *parts, self.progress, name=name, **about)

    def cost(self, key: str) -> None:
        """One general line, by today's definition, the improved one, or on the way between them."""
        self.mixed(f"costs.{key}", general(self, key), self.old.side.costs.get(key), self.new.side.costs.get(key))

    def workplace(self) -> None:
        """Seats, at today's price, the improved one or on the way."""
        for name in self.side.seats:
            self.mixed(
                name,
                seat_line(self, self.people),
                self.old.side.seats.get(name),
                self.new.side.seats.get(name),
            )


def general(state: State, key: str) -> LineFunction[...]:
    """The line function of a general line in a state, for one definition of it."""

    def compute(cost: Cost) -> Quantity:
        clock = state.lines.clock
        if cost.is_once:
            return once_line(cost, clock, None, state.fixed)
        if cost.rate is not None:
            return rate_line(cost, state.base(key), clock)
        return amount_line(cost, state.base(key), state.side.growth(cost, state.lines), clock)

    compute.__doc__ = "A general line."
    return LineFunction(compute, "$/month", "other")


def seat_line(state: State, seats: Quantity) -> LineFunction[...]:
    """The line function of a number of seats, for one price of them."""
    return LineFunction(
        lambda seat: seat_cost(seats, seat, state.side.growth(seat, state.lines)), "$/month", "workplace"
    )


class Improved(State):
    """The in-house lines that an improved option pays."""

    def __init__(self, full: State, at: Callable[[Quantity | None, str], Blend], lines: Lines) -> None:
        self.full = full
        self.at = at
        self.now = at(None, "")
        super().__init__(self.now.side, lines, None, None, opening=self.now.opening, costs=True)

    def _heads(self) -> dict[str, Quantity]:
        return self.now.heads

    @property
    def people(self) -> Quantity:
        """People of all teams together."""
        return self.now.people

    @property
    def opening_people(self) -> Quantity:
        """Everybody of today's side."""
        return self.full.people

    def workplace(self) -> None:
        """Seats, which go as leases run out."""
        for name, seat in self.side.seats.items():
            freed = self.at(seat.removal, name).people
            paid = self.lines.driver(seats, self.full.people, freed, seat.avoidable, self.people, of=name)
            old = self.now.old.side.seats.get(name)
            about = About(title=name, category="workplace")
            if same(old, seat):
                self.put(seat_line(self, paid), seat, name=name, **about)
            else:
                parts = [
                    ZERO if part is None else self.lines.driver(seat_line(self, paid), part, name=f"{name}.{word}")
                    for word, part in (("today", old), ("improved", seat))
                ]
                self.put(blended_line, *parts, self.now.progress, name=name, **about)
        self.put_equipment()

    def cost(self, key: str) -> None:
        """One general line, which falls as far as it is avoidable."""
        cost, name = self.side.costs[key], f"costs.{key}"
        about = about_of(key, cost)
        at = self.at(cost.removal, key).get(name)
        if key not in self.now.old.side.costs or cost.avoidable is None:
            self.put(carried, at, name=name, **about)
        else:
            self.put(kept_at_least, self.full.get(name), at, cost.avoidable, name=name, **about)
