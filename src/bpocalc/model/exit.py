"""Exit: what it costs to leave the provider."""

from __future__ import annotations

from bpocalc.model.book import line
from bpocalc.model.scene import Scene
from bpocalc.quantity import ZERO, Quantity, at_most, where
from bpocalc.scenario.contract import Contract
from bpocalc.scenario.exit import Exit
from bpocalc.timeline import Clock


@line("$/month", "exit")
def leaving(part: Exit, clock: Clock) -> Quantity:
    """Exit at the end: paid once, in the last month."""
    assert part.at_end is not None
    return part.at_end * clock.in_month(clock.last)


def early_charge(part: Exit, month: Quantity, clock: Clock) -> Quantity:
    """The termination charge that holds at a contract month: an amount holds until the next."""
    assert part.early
    steps = sorted((int(key), amount) for key, amount in part.early.items())
    charge = steps[0][1]
    for first, amount in steps[1:]:
        charge = where(month >= clock.contract_month(first), amount, charge)
    return charge


@line("month")
def left_in(last: Quantity, clock: Clock) -> Quantity:
    """Month in which the provider is left: the last one of the contract, or of the scenario if that comes first."""
    return at_most(last, clock.last)


@line("$")
def termination(part: Exit, contract: Contract, clock: Clock) -> Quantity:
    """Termination charge that holds in the last month of the contract."""
    assert contract.months is not None
    return early_charge(part, contract.months, clock)


@line("$/month", "exit")
def left(part: Exit, charge: Quantity | None, last: Quantity, month: Quantity, clock: Clock) -> Quantity:
    """Exit when the work comes back: the termination charge of that month, or what the end of the scenario costs."""
    at_end = ZERO if part.at_end is None else part.at_end
    return (at_end if charge is None else where(clock.last > last, charge, at_end)) * clock.in_month(month)


def outsourced(scene: Scene) -> None:
    """The exit of an outsourced option at the end of its contract, or else of the scenario."""
    part, contract, last, lines = scene.option.exit, scene.option.contract, scene.term.last, scene.lines
    if part is None:
        return
    if contract is not None and last is not None:
        charge = lines.figure(termination, part, contract, lines.clock, name="exit.termination") if part.early else None
        month = lines.figure(left_in, last, lines.clock, name="exit.month")
        title = "exit at the end of the contract"
        lines.cost(left, part, charge, last, month, lines.clock, name="exit.at_end", title=title, once=True)
    elif part.at_end is not None:
        lines.cost(leaving, part, lines.clock, name="exit.at_end", title="exit at the end", once=True)
