"""Severance: who is dismissed beyond those who leave or find another place, and what they are paid."""

from __future__ import annotations

from bpocalc.model import labor
from bpocalc.model.book import Lines, line
from bpocalc.model.labor import Terms
from bpocalc.model.side import State
from bpocalc.quantity import ZERO, Quantity, at_least, previous, ratio, running_total, sum_of, where
from bpocalc.scenario.labor import AddedTeam, Severance
from bpocalc.timeline import MONTHS, WEEKS


@line("FTE/month")
def all_dismissed(dismissed: list[Quantity]) -> Quantity:
    """People of all teams who are dismissed."""
    return sum_of(dismissed)


@line("FTE")
def dismissed_total(all_dismissed: Quantity) -> Quantity:
    """People of all teams dismissed so far."""
    return running_total(all_dismissed)


@line("FTE")
def dismissed_so_far(spared: Quantity, so_far: Quantity) -> Quantity:
    """People dismissed so far beyond those transferred or redeployed, who are the first to leave."""
    return at_least(so_far - spared, 0)


@line("share")
def paid_off(beyond: Quantity, all_dismissed: Quantity) -> Quantity:
    """Share of the month's dismissed who are paid severance.

    None where nobody is dismissed but by rounding.
    """
    return where(all_dismissed > 0, ratio(beyond - previous(beyond, 0), all_dismissed, 0), 0)


@line("months of pay")
def months_of_severance(weeks: Quantity | None, share_of_pay: Quantity | None, notice: Quantity) -> Quantity:
    """Months of pay for each person dismissed: weeks or a share of the year, and notice."""
    if weeks is not None:
        return weeks * MONTHS / WEEKS + notice
    return (share_of_pay if share_of_pay is not None else ZERO) * MONTHS + notice


@line("$/month", "transition")
def severance(dismissed: Quantity, paid_off: Quantity, months: Quantity, terms: Terms) -> Quantity:
    """Severance and notice of everyone dismissed, at that month's pay."""
    return dismissed * paid_off * months * terms.monthly_pay


def fill_from(state: State, other: State) -> None:
    """Fill teams from those of another side that shrink: no hiring here, no severance there."""
    for key, team in state.side.teams.items():
        source = team.filled_from if isinstance(team, AddedTeam) else None
        if source is not None:
            state.movement(key)
            came = state.lines.driver(labor.filled, state.joined[key], other.dismissed[source], of=key)
            state.joined[key] = state.lines.driver(labor.others, state.joined[key], came, of=key, name="hired")
            left = state.lines.driver(labor.others, other.dismissed[source], came, of=f"{key}.{source}", name="left")
            other.dismissed[source] = left


def pay_severance(state: State, terms: Severance | None, lines: Lines) -> None:
    """Severance of everyone dismissed; those transferred or redeployed leave first and are paid nothing."""
    if terms is None:
        return
    months = lines.driver(months_of_severance, terms.weeks, terms.share_of_pay, terms.notice)
    everyone = lines.driver(all_dismissed, list(state.dismissed.values()))
    so_far = lines.driver(dismissed_total, everyone)
    beyond = lines.driver(dismissed_so_far, terms.transferred + terms.redeployed, so_far)
    share = lines.driver(paid_off, beyond, everyone)
    for key, gone in state.dismissed.items():
        title = state.side.teams[key].title or key
        lines.cost(severance, gone, share, months, state.side.terms[key], of=key, once=True, title=title)
