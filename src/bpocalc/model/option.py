"""The table of contents: what an in-house side, an improved one and an outsourced option consist of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import NamedTuple

from bpocalc.model import automation, communication, exit, focus, payment, quality, risk, transition
from bpocalc.model.book import Entry, Lines, line
from bpocalc.model.charges import charges_of
from bpocalc.model.contract import Term, term_of
from bpocalc.model.governance import by_fte, by_rate, by_teams, fte_moved, largest
from bpocalc.model.improved import Blend
from bpocalc.model.improved import Improved as ImprovedState
from bpocalc.model.in_house import Kept, Split, split
from bpocalc.model.overhead import Anchors, Base, amount_line, once_line, rate_line, words_of
from bpocalc.model.overtime import all_idle
from bpocalc.model.provider import Shared, shared_of
from bpocalc.model.scene import Scene
from bpocalc.model.severance import fill_from, pay_severance
from bpocalc.model.side import Setting, State, about_of, base_of, prepare
from bpocalc.quantity import ZERO, Quantity, at_most, where
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.governance import Governance
from bpocalc.scenario.option import Improved, InHouse, Outsourced
from bpocalc.scenario.provider import Provider

AT_HOME = (quality.in_house, risk.in_house)
IMPROVED = (quality.improved, risk.improved)
OUTSOURCED = (
    quality.outsourced,
    risk.outsourced,
    communication.outsourced,
    automation.outsourced,
    focus.outsourced,
    exit.outsourced,
)
"""What goes with an in-house side, an improved one and an outsourced option beside people, places and charges."""


class Outcome(NamedTuple):
    """What the comparison needs of an option."""

    costs: Mapping[str, Entry]
    """Cost lines by their address below the option's."""
    at_full: Quantity | None = None
    """1 in the months in which the option is fully in place; None for an option that is always."""
    split: Split | None = None
    """What stays of the in-house cost, runs in parallel and is kept, of an outsourced option."""
    soft_split: Split | None = None
    """The same of its soft lines, where it has any."""
    last: Quantity | None = None
    """The month with which the work comes back; None where it stays away."""
    fees: Quantity | None = None
    spend: Mapping[str, Quantity] = {}
    """Charges before discount by provider, where the provider gives a volume discount."""
    discount: Mapping[str, Quantity] = {}
    """The volume discount of each such provider, as a negative cost."""
    shared: Mapping[str, Shared] = {}
    """What is paid once for each provider, however many functions it works for."""
    idle_pay: Quantity | None = None
    """Pay of idle capacity, which is part of the cost; None where no team could have any."""
    deferred: Quantity = ZERO
    """What payment terms move from month to month; nothing over all months."""


@line("share")
def in_place(shares: list[Quantity]) -> Quantity:
    """1 in the months in which every part of the option is ramped up."""
    return where(reduce(at_most, shares) >= 1, 1, 0)


def in_house(side: InHouse, setting: Setting, lines: Lines) -> State:
    """The in-house side for all the work: its teams, seats and other costs."""
    prepared = prepare(side.teams, side.workplace, side.costs, setting, lines)
    state = State(prepared, lines, None, None, costs=True).complete()
    pay_severance(state, side.severance, lines)
    for topic in AT_HOME:
        topic(side, setting, lines)
    return state


def improved(option: Improved, today: InHouse, full: State, setting: Setting, lines: Lines) -> Outcome:
    """The in-house side with the overlay, as it ramps up: people, seats, other costs, the way there, severance."""
    side = option.in_house
    target_lines = lines.within("target")
    target = State(prepare(side.teams, side.workplace, side.costs, setting, target_lines), target_lines, None, None)
    blends: dict[int | None, Blend] = {}

    def at(removal: Quantity | None, name: str) -> Blend:
        mark = None if removal is None else id(removal)
        if mark not in blends:
            within = lines.within(f"freed.{name}" if name else "improving")
            progress = within.driver(transition.improved_share, option.transition, lines.clock, removal)
            blends[mark] = Blend(full, target, within, progress)
        return blends[mark]

    state = ImprovedState(full, at, lines)
    state.complete()
    pay_severance(state, option.transition.severance or side.severance, lines)
    anchors = transition.anchors_of(option.transition)
    one_offs(option.transition.costs, anchors, setting, lines)
    other_costs(option.costs, anchors, lines, setting, None, state.people)
    progress = at(None, "").progress
    for topic in IMPROVED:
        topic(today, side, progress, setting, lines)
    return Outcome(lines.costs, lines.driver(in_place, [progress]), idle_pay=all_idle(state.idle, lines))


def outsourced(
    option: Outsourced,
    side: InHouse,
    full: State,
    setting: Setting,
    providers: Mapping[str, Provider],
    lines: Lines,
) -> Outcome:
    """What stays in-house, what is retained, the provider's charges, governance, the way there, other costs."""
    legs = option.parts
    term = term_of(option.contract, lines)
    moved = transition.moved(legs, term, lines)
    freed = _freed(option, full, term, lines)
    away = lines.driver(transition.all_taken, list(moved.taken.values()))
    people_moved = lines.driver(fte_moved, full.people, away)
    staff, steerers = _added(option, away, term, setting, lines)
    kept = _kept(option, side, full, freed, staff, steerers, lines)
    charged = charges_of(legs, option.provider, full, moved, setting, providers, term, lines)
    if option.governance is not None:
        govern(option.governance, steerers, people_moved, setting, lines)
    shared = shared_of(legs, option.provider, moved.taken, full.people, term, setting, providers, lines)
    _ways_there(option, full, moved, away, people_moved, setting, lines)
    scene = Scene(option, side, full, moved, away, people_moved, charged, term, setting, lines)
    for topic in OUTSOURCED:
        topic(scene)
    deferred = payment.outsourced(scene)

    within = lines.within("staying")
    stays = within.driver(transition.staying, list(moved.taken.values()))
    taken = State(full.side, within, stays, stays, opening=full.heads)
    gone = freed(None, "")
    idle = [*kept.idle, *staff.idle, *(steerers.idle if steerers.as_costs else [])]
    return Outcome(
        lines.costs,
        lines.driver(in_place, list(moved.ramps.values())),
        split=split(kept, taken, gone, lines),
        soft_split=split(kept, taken, gone, lines.within("soft"), soft=True),
        last=term.last,
        fees=charged.fees,
        spend=charged.spend,
        discount=charged.discount,
        shared=shared,
        idle_pay=all_idle(idle, lines),
        deferred=deferred,
    )


def _freed(option: Outsourced, full: State, term: Term, lines: Lines) -> Callable[[Quantity | None, str], State]:
    """The in-house side without the work of which it is free, for each time that a line takes to be removed."""
    states: dict[int | None, State] = {}

    def freed(removal: Quantity | None, name: str) -> State:
        mark = None if removal is None else id(removal)
        if mark not in states:
            within = lines.within("freed" if removal is None else f"freed.{name}")
            gone = [
                within.driver(transition.gone, leg.share, leg.transition, lines.clock, removal, term.free, of=key)
                for key, leg in option.parts.items()
            ]
            stays = within.driver(transition.staying, gone)
            states[mark] = State(full.side, within, stays, stays, opening=full.heads)
        return states[mark]

    return freed


def _added(option: Outsourced, away: Quantity, term: Term, setting: Setting, lines: Lines) -> tuple[State, State]:
    """The people that the buyer adds: those who are retained, and those who steer the provider."""
    retained, steering = option.retained, option.governance
    within = lines.within("retained")
    kept_on = prepare(retained.teams if retained else {}, None, retained.costs if retained else {}, setting, within)
    staff = State(kept_on, within, away, term.runs, fresh=True, costs=True)
    within = lines.within("governance")
    paid_apart = steering is not None and steering.take != "largest"
    steerers = prepare((steering and steering.teams) or {}, None, {}, setting, within)
    return staff, State(steerers, within, away, term.runs, fresh=True, costs=paid_apart, category="governance")


def _kept(
    option: Outsourced,
    side: InHouse,
    full: State,
    freed: Callable[[Quantity | None, str], State],
    staff: State,
    steerers: State,
    lines: Lines,
) -> Kept:
    """What is kept of the in-house side, with the severance of those who leave; whoever is retained comes first."""
    kept = Kept(full, lines, freed, [*staff.heads.values(), *steerers.heads.values()])
    kept.complete()
    fill_from(staff, kept)
    fill_from(steerers, kept)
    pay_severance(kept, option.transition.severance or side.severance, lines)
    staff.complete()
    return kept


def _ways_there(
    option: Outsourced,
    full: State,
    moved: transition.Moved,
    away: Quantity,
    people_moved: Quantity,
    setting: Setting,
    lines: Lines,
) -> None:
    """The one-off items and the other costs of each leg, and those of all legs together."""
    for key, leg in option.parts.items():
        within, anchors, taken = lines.within(key), transition.anchors_of(leg.transition), moved.taken[key]
        one_offs(leg.transition.costs, anchors, setting, within)
        leg_people = within.driver(fte_moved, full.people, taken, name="leg_moved") if key else people_moved
        other_costs(leg.costs, anchors, within, setting, taken, leg_people)
    if option.legs:
        one_offs(option.transition.costs, None, setting, lines)
        other_costs(option.costs, None, lines, setting, away, people_moved)


def govern(steering: Governance, staff: State, people_moved: Quantity, setting: Setting, lines: Lines) -> None:
    """Governance in each way in which it is given, added up, or the largest of them."""
    base = base_of(words_of(steering.of), lines.named, "base.governance", lines)
    put = lines.driver if steering.take == "largest" else lines.cost
    ways = []
    if steering.rate is not None:
        ways.append(put(by_rate, steering, base, name="governance.by_rate"))
    if steering.by_fte:
        ways.append(put(by_fte, steering, people_moved, setting.inflation, name="governance.by_fte"))
    if steering.teams:
        staff.complete()
        if steering.take == "largest":
            ways.append(lines.driver(by_teams, list(staff.found.values()), name="governance.by_teams"))
    if steering.take == "largest":
        lines.cost(largest, ways, name="governance.largest", title="governance")


def one_offs(costs: Mapping[str, Cost], anchors: Anchors | None, setting: Setting, lines: Lines) -> None:
    """The items of a transition: paid once, for some months, or a share of other items."""
    for key, cost in costs.items():
        about, name = about_of(key, cost), f"transition.{key}"
        about |= {"once": True, "category": cost.category or "transition"}
        if cost.rate is not None:
            of = base_of(words_of(cost.of), lines.named, f"base.transition.{key}", lines)
            lines.cost(rate_line, cost, of, lines.clock, name=name, **about)
        elif cost.per in ("month", "year"):
            growth = setting.inflation if cost.growth is None else lines.clock.yearly(cost.growth)
            lines.cost(amount_line, cost, Base(None, None, ZERO), growth, lines.clock, name=name, **about)
        else:
            lines.cost(once_line, cost, lines.clock, anchors, None, name=name, **about)


def other_costs(
    costs: Mapping[str, Cost],
    anchors: Anchors | None,
    lines: Lines,
    setting: Setting,
    taken: Quantity | None,
    people: Quantity,
) -> None:
    """The other costs of an option: per unit for the units moved, per head for the people whose work has moved."""
    for key, cost in costs.items():
        volume = setting.work.of(cost.for_demand).volume
        units = volume if volume is None or taken is None else volume * taken
        about = about_of(key, cost)
        name = f"costs.{key}" if f"costs.{key}" not in lines.costs else f"more_costs.{key}"
        base = Base(None, units, people)
        if cost.is_once:
            lines.cost(once_line, cost, lines.clock, anchors, None, name=name, **about)
        elif cost.rate is not None:
            of = base_of(words_of(cost.of), lines.named, f"base.{name}", lines)
            lines.cost(rate_line, cost, of, lines.clock, name=name, **about)
        else:
            growth = setting.inflation if cost.growth is None else lines.clock.yearly(cost.growth)
            lines.cost(amount_line, cost, base, growth, lines.clock, name=name, **about)
