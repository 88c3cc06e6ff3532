"""A side: teams, seats and costs that do a share of the work, in-house, retained or at the provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Unpack

from bpocalc.model import labor, overtime
from bpocalc.model.book import About, LineFunction, Lines
from bpocalc.model.demand import Work
from bpocalc.model.labor import Terms
from bpocalc.model.overhead import Base, amount_line, instant_of, once_line, rate_base, rate_line, words_of
from bpocalc.model.workplace import equipment, people, residual, seat_cost
from bpocalc.quantity import ZERO, Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.labor import AddedTeam, Team
from bpocalc.scenario.places import Places
from bpocalc.scenario.workplace import Equipment, Seat, Workplace

PERSONNEL = ("pay", "burden", "premium", "bonus", "overtime", "hiring", "onboarding")
WORKPLACE = ("facilities", "technology", "equipment", "residual")


class Setting(NamedTuple):
    """What all sides of a function share."""

    work: Work
    inflation: Quantity
    """Growth of prices since month 1, in yearly steps."""
    places: Places
    """Where buyer and providers sit."""


class Side(NamedTuple):
    """What a side consists of, with the terms of its teams in the book."""

    teams: Mapping[str, Team]
    workplace: Workplace | None
    costs: Mapping[str, Cost]
    terms: Mapping[str, Terms]
    hours: Mapping[str, Quantity]
    setting: Setting

    @property
    def seats(self) -> dict[str, Seat]:
        """The kinds of seat by name."""
        place = self.workplace
        kinds = {"facilities": place.facilities, "technology": place.technology} if place else {}
        return {name: seat for name, seat in kinds.items() if seat is not None}

    def category(self, name: str) -> str:
        """The category of a line."""
        word, _, key = name.partition(".")
        if word == "costs":
            return category_of(self.costs[key])
        return "personnel" if word in PERSONNEL else "workplace"

    def growth(self, part: Seat | Cost | Equipment, lines: Lines) -> Quantity:
        """Growth of a line's price: its own, or else inflation."""
        return self.setting.inflation if part.growth is None else lines.clock.yearly(part.growth)


def category_of(cost: Cost) -> str:
    """The category under which a general line is added up."""
    return cost.category or ("transition" if cost.is_once else "other")


def about_of(key: str, cost: Cost) -> About:
    """What is said of a general line beside its formula."""
    return About(
        title=cost.title or key,
        category=category_of(cost),
        once=cost.is_once,
        soft=cost.soft,
        instant=instant_of(cost),
    )


def prepare(
    teams: Mapping[str, Team],
    workplace: Workplace | None,
    costs: Mapping[str, Cost],
    setting: Setting,
    lines: Lines,
) -> Side:
    """A side with the terms and productive hours of its teams put into the book."""
    terms = {key: labor.terms_of(key, team, lines) for key, team in teams.items()}
    return Side(teams, workplace, costs, terms, labor.hours_of(teams, lines), setting)


def base_of(words: list[str], find: Callable[[str], list[Quantity]], name: str, lines: Lines) -> Quantity:
    """The lines that a rate is of, each once: a line by itself, or the sum of several put into the book."""
    found = {id(q): q for word in words for q in find(word)}
    return next(iter(found.values())) if len(found) == 1 else lines.driver(rate_base, found.values(), name=name)


class State:
    """The lines of a side for a share of the work, computed as they are asked for.

    `share` is the part of the volume and `fixed` what fixed numbers are multiplied by; None for all of it. `opening`
    holds the people of the month before month 1 by team, None for those of month 1 itself; a `fresh` side starts from
    none. Lines go into the book as costs, or as drivers where the state only serves to compute another.
    """

    def __init__(
        self,
        side: Side,
        lines: Lines,
        share: Quantity | None,
        fixed: Quantity | None,
        *,
        opening: Mapping[str, Quantity] | None = None,
        fresh: bool = False,
        costs: bool = False,
        category: str = "",
    ) -> None:
        self.side = side
        self.lines = lines
        self.share = share
        self.fixed = fixed
        self.opening = opening
        self.fresh = fresh
        self.as_costs = costs
        self.category = category
        self.found: dict[str, Quantity] = {}
        self.dismissed: dict[str, Quantity] = {}
        self.joined: dict[str, Quantity] = {}
        self.idle: list[Quantity] = []
        """Pay of idle capacity, of each team that may have some."""
        self._needs: dict[str, Quantity] = {}
        self.heads = self._heads()
        self._people: Quantity | None = None

    def _heads(self) -> dict[str, Quantity]:
        heads: dict[str, Quantity] = {}
        for key in labor.in_order(self.side.teams):
            team = self.side.teams[key]
            hours, work = self.side.hours.get(key), self.side.setting.work
            args = (team, hours, work, self.share, self.fixed, heads, self._begun(team))
            heads[key] = self.lines.driver(labor.headcount, *args, of=key)
        return heads

    def _begun(self, team: Team) -> Quantity | None:
        """1 from the first month of a team; None for one that is always there."""
        at = team.from_month if isinstance(team, AddedTeam) else None
        return None if at is None else self.lines.clock.from_month(at)

    def need(self, key: str) -> Quantity | None:
        """People that the month's own volume needs, of a team that is staffed for another one; else None."""
        team, side = self.side.teams[key], self.side
        if team.is_level and key not in self._needs:
            args = (team, side.hours.get(key), side.setting.work, self.share, self._begun(team))
            self._needs[key] = self.lines.driver(overtime.month_need, *args, of=key)
        return self._needs.get(key)

    @property
    def people(self) -> Quantity:
        """People of all teams together."""
        if self._people is None:
            self._people = self.lines.driver(people, self.heads)
        return self._people

    def put(
        self, function: LineFunction[...], *args: object, name: str = "", of: str = "", **about: Unpack[About]
    ) -> Quantity:
        """Put a line into the book, as a cost or as a driver."""
        below = ".".join(part for part in (name or function.name, of) if part)
        if self.as_costs:
            if self.category:
                about["category"] = self.category
            made = self.lines.cost(function, *args, name=name, of=of, **about)
        else:
            made = self.lines.driver(function, *args, name=name, of=of)
        self.found[below] = made
        return made

    def movement(self, key: str) -> None:
        """Who comes to a team and who goes."""
        opening = ZERO if self.fresh else self.heads[key] if self.opening is None else self.opening[key]
        terms = self.side.terms[key]
        before = self.lines.driver(labor.before, self.heads[key], opening, of=key)
        left = self.lines.driver(labor.leavers, before, terms, of=key)
        self.joined[key] = self.lines.driver(labor.joiners, self.heads[key], before, left, of=key)
        if self.as_costs:
            self.dismissed[key] = self.lines.driver(labor.dismissed, self.heads[key], before, left, of=key)

    def labor(self, key: str) -> None:
        """The labour lines of one team."""
        terms, heads, title = self.side.terms[key], self.heads[key], self.side.teams[key].title or key
        about = About(title=title)
        paid = self.put(labor.pay, heads, terms, of=key, **about)
        self.put(labor.burden, paid, terms, of=key, **about)
        if terms.premium is not None:
            self.put(labor.premium, paid, terms, of=key, **about)
        if terms.bonus is not None:
            self.put(labor.bonus, heads, terms, of=key, **about)
        if (need := self.need(key)) is not None:
            shown = self.as_costs or self.fresh
            self.idle += overtime.put(key, need, heads, terms, self.lines, self.put, about, shown=shown)
        if key not in self.joined:
            self.movement(key)
        self.put(labor.hiring, self.joined[key], terms, self.side.setting.inflation, of=key, **about)
        if terms.onboarding is not None:
            self.put(labor.onboarding, self.joined[key], terms, of=key, **about)

    @property
    def opening_people(self) -> Quantity:
        """People of all teams in the month before month 1."""
        return self.people if self.opening is None else self.lines.driver(people, self.opening, name="people_at_first")

    def seated(self, name: str, seat: Seat) -> Quantity:
        """Seats of one kind that are paid for."""
        return self.people

    def workplace(self) -> None:
        """Seats and equipment."""
        for name, seat in self.side.seats.items():
            seats = self.seated(name, seat)
            self.put(seat_cost, seats, seat, self.side.growth(seat, self.lines), name=name, title=name)
        self.put_equipment()

    def put_equipment(self) -> None:
        """Equipment bought outright."""
        part = self.side.workplace.equipment if self.side.workplace else None
        if part is not None:
            clock = self.lines.clock
            growth = self.side.growth(part, self.lines)
            opening = ZERO if self.fresh else self.opening_people
            before = self.lines.driver(labor.before, self.people, opening, name="people_before")
            self.put(equipment, self.people, before, part, growth)
            self.put(residual, self.people, part, growth, clock, clock.last)

    def cost(self, key: str) -> None:
        """One general line."""
        cost = self.side.costs[key]
        about, name, clock = about_of(key, cost), f"costs.{key}", self.lines.clock
        if cost.is_once:
            self.put(once_line, cost, clock, None, None if self.fresh else self.fixed, name=name, **about)
        elif cost.rate is not None:
            self.put(rate_line, cost, self.rate_base(key, cost), clock, name=name, **about)
        else:
            self.put(amount_line, cost, self.base(cost), self.side.growth(cost, self.lines), clock, name=name, **about)

    def base(self, cost: Cost) -> Base:
        """What the amount of a general line multiplies."""
        volume = self.side.setting.work.of(cost.for_demand).volume
        units = volume if volume is None or self.share is None else volume * self.share
        return Base(self.fixed, units, self.people)

    def rate_base(self, key: str, cost: Cost) -> Quantity:
        """The lines before a general line that its rate is of, added up."""
        words = words_of(cost.of)
        name = f"base.{key}" if cost is self.side.costs[key] else f"base.{key}.today"
        return base_of(words, lambda word: self.named(word, before=key), name, self.lines)

    def complete(self) -> State:
        """Compute every line."""
        self._up_to(None)
        return self

    def _up_to(self, stop: str | None, word: str = "run") -> None:
        """Compute the lines before a general line that a word of `of` may name."""
        for key in self.side.teams:
            if f"pay.{key}" not in self.found and word in ("run", "personnel", key, *PERSONNEL):
                self.labor(key)
        if word in ("run", "workplace", *WORKPLACE) and not any(name in self.found for name in WORKPLACE):
            self.workplace()
        for key, cost in self.side.costs.items():
            if key == stop:
                return
            if f"costs.{key}" not in self.found and word in ("run", "costs", key, category_of(cost)):
                self.cost(key)

    def get(self, name: str) -> Quantity:
        """A line, computed if it has not been yet."""
        if name not in self.found:
            word, _, key = name.partition(".")
            if word == "costs":
                self.cost(key)
            elif word in PERSONNEL:
                self.labor(key)
            else:
                self.workplace()
        return self.found[name]

    def named(self, word: str, before: str) -> list[Quantity]:
        """The lines before a general line that a word of `of` names: a line, a category, all run lines."""
        self._up_to(before, word)
        later = list(self.side.costs)
        later = [f"costs.{key}" for key in later[later.index(before) :]]
        out = []
        for name, quantity in self.found.items():
            if name in later:
                continue
            first, _, key = name.partition(".")
            once = first == "costs" and self.side.costs[key].is_once
            if word in (first, key, self.side.category(name)) or (word == "run" and not once):
                out.append(quantity)
        return out
