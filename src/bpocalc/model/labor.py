"""Labor: how many people the work needs, what they cost, and how they come and go.

Workload staffing is volume × handling time over productive hours, as in any contact-centre
or back-office capacity plan; burden is on pay, not on compensation (US BLS, Employer Costs for Employee Compensation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bpocalc.model.book import Lines, line
from bpocalc.model.demand import Work
from bpocalc.quantity import ONE, Quantity, apply, at_least, at_most, previous, ratio, round_up, sum_of, where
from bpocalc.scenario.labor import BurdenPart, Onboarding, Team
from bpocalc.timeline import MONTHS, Clock


class Terms(NamedTuple):
    """What one full-time equivalent of a team costs, and how people come and go."""

    monthly_pay: Quantity
    burden_rate: Quantity
    attrition: Quantity
    cost_per_hire: Quantity
    premium: Quantity | None
    bonus: Quantity | None
    onboarding: Quantity | None
    """Months of pay that a joiner costs in lost capacity."""
    overtime: Quantity | None
    """What overtime is paid, against ordinary pay."""


@line("$/FTE/month")
def monthly_pay(pay: Quantity, team: Team, clock: Clock) -> Quantity:
    """Pay of one full-time equivalent; wages move once a year.

    salary / 12 · (1 + wage growth)^(y − 1), or wage · paid hours / 12 in place of the salary.
    """
    return pay / MONTHS * clock.yearly(team.wage_growth)


@line("$/year")
def uprated_pay(team: Team) -> Quantity:
    """Yearly pay of an earlier time carried to the start: salary, or wage · paid hours, times the declared factor."""
    assert team.uprating is not None
    return yearly_pay(team) * team.uprating


def yearly_pay(team: Team) -> Quantity:
    """Salary of year 1, or wage times paid hours."""
    if team.salary is not None:
        return team.salary
    assert team.wage is not None
    assert team.paid_hours is not None
    return team.wage * team.paid_hours


@line("share of pay")
def charge_rate(pay: Quantity, part: BurdenPart) -> Quantity:
    """One employer charge as a share of pay: its rate on the part of yearly pay between its bounds, where it is due."""
    base = at_most(pay, part.up_to) if part.up_to is not None else pay
    if part.above is not None:
        base = at_least(base - part.above, 0)
    share = part.rate if base is pay else ratio(part.rate * base, pay, 0)
    if part.if_pay_up_to is not None:
        share = where(pay <= part.if_pay_up_to, share, 0)
    return share if part.if_pay_above is None else where(pay > part.if_pay_above, share, 0)


@line("share of pay")
def burden_rate(charges: Sequence[Quantity]) -> Quantity:
    """Employer charges as a share of pay, all of them."""
    return sum_of(charges)


@line("$/year")
def starting_pay(pay: Quantity) -> Quantity:
    """Yearly pay of one full-time equivalent in year 1, on which bounds of employer charges are measured."""
    return pay


@line("$/FTE/month")
def bonus_pay(team: Team, clock: Clock) -> Quantity:
    """Bonus of one full-time equivalent; it grows with wages."""
    assert team.bonus is not None
    return team.bonus / MONTHS * clock.yearly(team.wage_growth)


@line("months of pay")
def learning(onboarding: Onboarding) -> Quantity:
    """Months of pay that a joiner costs in lost capacity: months · (1 − average productivity while learning)."""
    return onboarding.months * (1 - onboarding.productivity)


def terms_of(key: str, team: Team, lines: Lines) -> Terms:
    """The terms of a team, its derived rates put into the book."""
    burden = team.burden
    pay = yearly_pay(team) if team.uprating is None else lines.driver(uprated_pay, team, of=key)
    if team.burden_parts:
        base = lines.driver(starting_pay, pay, of=key)
        parts = team.burden_parts.items()
        charges = [lines.driver(charge_rate, base, part, of=f"{key}.{name}") for name, part in parts]
        burden = lines.driver(burden_rate, charges, of=key)
    return Terms(
        monthly_pay=lines.driver(monthly_pay, pay, team, lines.clock, of=key),
        burden_rate=burden,
        attrition=team.attrition,
        cost_per_hire=team.cost_per_hire,
        premium=team.premium,
        bonus=lines.driver(bonus_pay, team, lines.clock, of=key) if team.bonus is not None else None,
        onboarding=lines.driver(learning, team.onboarding, of=key) if team.onboarding is not None else None,
        overtime=1 + team.overtime.premium if team.overtime is not None else None,
    )


@line("hours/FTE/month")
def productive_hours(team: Team) -> Quantity:
    """Hours of handling that one full-time equivalent delivers.

    paid hours / 12 · (1 − shrinkage) · occupancy · productivity.
    """
    assert team.paid_hours is not None
    return team.paid_hours / MONTHS * (1 - team.shrinkage) * team.occupancy * team.productivity


@line("hours/FTE")
def hours_at_work(team: Team) -> Quantity:
    """Hours that one full-time equivalent is there on a day of the queue: paid hours / 12 · (1 − shrinkage) / days."""
    assert team.paid_hours is not None
    assert team.erlang is not None
    return team.paid_hours / MONTHS * (1 - team.shrinkage) / team.erlang.days_per_month


@line("FTE")
def headcount(
    team: Team,
    hours: Quantity | None,
    work: Work,
    share: Quantity | None,
    fixed: Quantity | None,
    heads: Mapping[str, Quantity],
    begun: Quantity | None = None,
) -> Quantity:
    """People that the work needs.

    Volume · handling time / productive hours; or volume / units per hour or head; or a fixed number; or one for every
    so many of other teams. Not below the minimum while there is work; whole people last.
    """
    if team.one_per:
        need = sum_of(heads[other] / span for other, span in team.one_per.items())
    elif team.fte is not None:
        need = team.fte if fixed is None else team.fte * fixed
    else:
        need = required(team, hours, work.of(team.for_demand).staffed(team.staffing), share)
    if team.minimum is not None:
        need = at_least(need, team.minimum if share is None else where(share > 0, team.minimum, 0))
    if begun is not None:
        need = need * begun
    return round_up(need) if team.whole else need


@line("FTE")
def kept_heads(full: Quantity, freed: Quantity, avoidable: Quantity) -> Quantity:
    """People who are there: full − avoidable · (full − those for the work that stays)."""
    return full - avoidable * (full - freed)


@line("FTE")
def needed(
    team: Team,
    hours: Quantity | None,
    work: Work,
    share: Quantity | None,
    heads: Mapping[str, Quantity],
    later: Quantity | None,
) -> Quantity:
    """People for the work that stays, counted by the other teams still there; those removed later stay until then."""
    need = headcount(team, hours, work, share, share, heads)
    return need if later is None else at_least(need, later)


def required(team: Team, hours: Quantity | None, volume: Quantity, share: Quantity | None) -> Quantity:
    """Full-time equivalents for a share of a volume: for its queue by Erlang C, or by the effort of a unit."""
    here = volume if share is None else volume * share
    if team.erlang is None:
        return here * _effort(team, hours)
    assert hours is not None
    assert team.handling_time is not None
    queue = team.erlang
    terms = (queue.answer_within, queue.target, queue.occupancy_cap, queue.interval, queue.days_per_month)
    return apply("erlang_c", here, team.handling_time / team.productivity, *terms, *queue.pattern) / hours


def _effort(team: Team, hours: Quantity | None) -> Quantity:
    """Full-time equivalents for one unit a month."""
    if team.units_per_fte is not None:
        return ONE / team.units_per_fte
    assert hours is not None
    if team.units_per_hour is not None:
        return ONE / (team.units_per_hour * hours)
    assert team.handling_time is not None
    return team.handling_time / hours


def in_order(teams: Mapping[str, Team]) -> list[str]:
    """The teams, those that others count before those that count them."""
    out: list[str] = []
    waiting = dict(teams)
    while waiting:
        ready = [k for k, team in waiting.items() if not set(team.one_per or ()) & waiting.keys()]
        for key in ready:
            del waiting[key]
        out.extend(ready)
    return out


def hours_of(teams: Mapping[str, Team], lines: Lines) -> dict[str, Quantity]:
    """Productive hours of the teams whose number hangs on time."""
    return {
        key: lines.driver(productive_hours if team.erlang is None else hours_at_work, team, of=key)
        for key, team in teams.items()
        if team.handling_time is not None or team.units_per_hour is not None
    }


@line("$/month", "personnel")
def pay(people: Quantity, terms: Terms) -> Quantity:
    """Salaries of the people on the team."""
    return people * terms.monthly_pay


@line("$/month", "personnel")
def burden(pay: Quantity, terms: Terms) -> Quantity:
    """Employer charges and benefits, on pay."""
    return pay * terms.burden_rate


@line("$/month", "personnel")
def premium(pay: Quantity, terms: Terms) -> Quantity:
    """Shift and language premiums, on pay."""
    assert terms.premium is not None
    return pay * terms.premium


@line("$/month", "personnel")
def bonus(people: Quantity, terms: Terms) -> Quantity:
    """Bonuses of the people on the team."""
    assert terms.bonus is not None
    return people * terms.bonus


@line("FTE/month")
def leavers(before: Quantity, terms: Terms) -> Quantity:
    """People who leave by themselves: the team of the month before · attrition / 12."""
    return before * terms.attrition / MONTHS


@line("FTE")
def before(people: Quantity, opening: Quantity) -> Quantity:
    """People on the team the month before."""
    return previous(people, opening)


@line("FTE/month")
def joiners(people: Quantity, before: Quantity, leavers: Quantity) -> Quantity:
    """People who join: what the team grows by, and the leavers of the month."""
    return at_least(people - before + leavers, 0)


@line("FTE/month")
def dismissed(people: Quantity, before: Quantity, leavers: Quantity) -> Quantity:
    """People who are dismissed: what the team shrinks by beyond the leavers."""
    return at_least(before - leavers - people, 0)


@line("FTE/month")
def filled(joiners: Quantity, dismissed: Quantity) -> Quantity:
    """People who come from an in-house team that shrinks, without hiring and without severance."""
    return at_most(joiners, dismissed)


@line("FTE/month")
def others(people: Quantity, filled: Quantity) -> Quantity:
    """Those that remain once places are filled from within."""
    return people - filled


@line("$/month", "personnel")
def hiring(joiners: Quantity, terms: Terms, inflation: Quantity) -> Quantity:
    """Recruiting and training of everyone who joins."""
    return joiners * terms.cost_per_hire * inflation


@line("$/month", "personnel")
def onboarding(joiners: Quantity, terms: Terms) -> Quantity:
    """Capacity bought while joiners learn."""
    assert terms.onboarding is not None
    return joiners * terms.onboarding * terms.monthly_pay
