"""Overtime and idle capacity: what a team that is staffed for a mean or a peak lacks in a month, or has too much of.

People paid beyond what the month's own volume needs are idle; their pay is part of pay, and shown for information.
What they lack is a cost only where the team says that it works overtime.
"""

from __future__ import annotations

from collections.abc import Callable

from bpocalc.model.book import About, Lines, line
from bpocalc.model.demand import Work
from bpocalc.model.labor import Terms, required
from bpocalc.quantity import Quantity, at_least, sum_of
from bpocalc.scenario.labor import Team


@line("FTE")
def month_need(
    team: Team, hours: Quantity | None, work: Work, share: Quantity | None, begun: Quantity | None
) -> Quantity:
    """People that the volume of the month itself needs."""
    need = required(team, hours, work.of(team.for_demand).staffed("follow"), share)
    return need if begun is None else need * begun


@line("FTE")
def short(need: Quantity, people: Quantity) -> Quantity:
    """What the people on the team fall short of the month's need."""
    return at_least(need - people, 0)


@line("$/month", "personnel")
def overtime(short: Quantity, terms: Terms) -> Quantity:
    """Overtime for what the team falls short.

    FTE short · monthly pay · (1 + premium): without burden, and without other premiums and bonuses.
    """
    assert terms.overtime is not None
    return short * terms.monthly_pay * terms.overtime


@line("FTE")
def idle(people: Quantity, need: Quantity) -> Quantity:
    """Idle capacity: people paid beyond what the month's volume needs."""
    return at_least(people - need, 0)


@line("$/month")
def idle_pay(idle: Quantity, terms: Terms) -> Quantity:
    """Pay of idle capacity: a part of pay, shown for information."""
    return idle * terms.monthly_pay


def put(
    key: str,
    need: Quantity,
    people: Quantity,
    terms: Terms,
    lines: Lines,
    cost: Callable[..., Quantity],
    about: About,
    *,
    shown: bool,
) -> list[Quantity]:
    """What a team lacks in a month, where that is paid as overtime; where it is shown, the pay of its idle capacity."""
    if terms.overtime is not None:
        lacking = lines.driver(short, need, people, of=key)
        cost(overtime, lacking, terms, of=key, **about)
    if not shown:
        return []
    return [lines.driver(idle_pay, lines.driver(idle, people, need, of=key), terms, of=key)]


@line("$/month")
def all_idle_pay(parts: list[Quantity]) -> Quantity:
    """Pay of the idle capacity of all teams: a part of the cost."""
    return sum_of(parts)


def all_idle(parts: list[Quantity], lines: Lines) -> Quantity | None:
    """Pay of the idle capacity of an option; None where no team could have any."""
    return lines.driver(all_idle_pay, parts, name="idle_pay") if parts else None
