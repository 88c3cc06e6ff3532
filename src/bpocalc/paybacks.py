"""Paybacks: when an option has paid for itself, how deep the saving falls before, and its rate of return."""

from __future__ import annotations

from bpocalc.model.book import Lines, line
from bpocalc.quantity import NEVER, ZERO, Quantity, at_least, highest, irr, lowest, ratio, running_total, where
from bpocalc.timeline import MONTHS
from bpocalc.words import HALF_CENT

LEAST = ZERO - HALF_CENT
"""A cumulative saving within half a cent of zero counts as zero."""


@line("$")
def so_far(saving: Quantity) -> Quantity:
    """Saving added up so far."""
    return running_total(saving)


@line("month")
def under_water(so_far: Quantity, month: Quantity) -> Quantity:
    """The month's number while the saving so far is below zero."""
    return where(so_far < LEAST, month, 0)


@line("month")
def below_from(so_far: Quantity, month: Quantity, after: Quantity) -> Quantity:
    """The month's number while the saving so far is below zero, or else the month after the last."""
    return where(so_far < LEAST, month, after)


@line("month")
def back_again(so_far: Quantity, first_below: Quantity, month: Quantity, after: Quantity) -> Quantity:
    """The month's number once the saving so far has been below zero and no longer is."""
    return where(so_far < LEAST, after, where(month > first_below, month, after))


@line("month")
def in_gain(so_far: Quantity, month: Quantity, after: Quantity) -> Quantity:
    """The month's number while the saving so far is above zero."""
    return where(so_far > HALF_CENT, month, after)


@line("month")
def at_bottom(so_far: Quantity, deepest: Quantity, month: Quantity, after: Quantity) -> Quantity:
    """The month's number while the saving so far is at its lowest."""
    return where(so_far <= deepest, month, after)


@line("month")
def last_month(row: Quantity) -> Quantity:
    """Largest of the months that a row holds."""
    return highest(row)


@line("month")
def first_month(row: Quantity) -> Quantity:
    """Least of the months that a row holds."""
    return lowest(row)


@line("$")
def deepest(so_far: Quantity) -> Quantity:
    """Least that the saving so far ever is."""
    return lowest(so_far)


@line("month")
def payback(last: Quantity, months: Quantity) -> Quantity:
    """Payback: the month after the last one in which the saving so far is below zero; never if that is the last."""
    return where(last >= months, NEVER, last + 1)


@line("month")
def within(month: Quantity, months: Quantity) -> Quantity:
    """The month, or never where it lies after the last."""
    return where(month > months, NEVER, month)


@line("months")
def static_payback(once: Quantity, run_rate: Quantity) -> Quantity:
    """Static payback: one-off cost but exit over the monthly run rate; never without one, none without such cost."""
    paid = where(once <= 0, 0, ratio(once * MONTHS, run_rate, NEVER))
    return where(run_rate > 0, paid, NEVER)


@line("$")
def max_exposure(deepest: Quantity) -> Quantity:
    """Maximum exposure: how far the saving so far falls below zero."""
    return at_least(0 - deepest, 0)


@line("month")
def exposed_in(exposure: Quantity, month: Quantity) -> Quantity:
    """Month of the maximum exposure; none where there is no exposure."""
    return where(exposure > HALF_CENT, month, NEVER)


@line("share")
def sign_change(last_below: Quantity, first_above: Quantity, months: Quantity) -> Quantity:
    """1 where the saving so far changes its sign once, from minus to plus: only then is there a rate of return."""
    once = where(first_above > last_below, where(first_above <= months, 1, 0), 0)
    return where(last_below > 0, once, 0)


@line("per year")
def rate_of_return(saving: Quantity, once: Quantity) -> Quantity:
    """Internal rate of return a year; none where the saving so far does not change its sign exactly once."""
    return where(once, (1 + irr(saving)) ** MONTHS - 1, NEVER)


def paybacks(made: dict[str, Quantity], lines: Lines) -> None:
    """Add the results that hang on when money comes back to those of an option against the baseline."""
    driver, figure = lines.driver, lines.figure
    month, months = lines.clock.month, lines.clock.last
    after = months + 1
    once = made.get("one_off_without_exit", made["one_off"])
    made["payback_static"] = figure(static_payback, once, made["run_rate"], name="payback_static")
    made["payback_investment"] = figure(static_payback, made["investment"], made["run_rate"], name="payback_investment")
    for name, row in (("cash", made["saving"]), ("discounted", made["saving_discounted"])):
        sum_so_far = driver(so_far, row, name=f"cumulative_{name}")
        made[f"cumulative_{name}"] = sum_so_far
        last = figure(last_month, driver(under_water, sum_so_far, month, of=name), name=f"last_below.{name}")
        made[f"payback_{name}"] = figure(payback, last, months, name=f"payback_{name}")
        if name == "cash":
            last_below = last
    cumulative = made["cumulative_cash"]
    below = figure(first_month, driver(below_from, cumulative, month, after), name="first_below")
    first = figure(first_month, driver(back_again, cumulative, below, month, after), name="first_back")
    made["payback_first"] = figure(within, first, months, name="payback_first")
    bottom = figure(deepest, cumulative)
    made["max_exposure"] = figure(max_exposure, bottom)
    bottom_month = figure(first_month, driver(at_bottom, cumulative, bottom, month, after), name="bottom_month")
    made["max_exposure_month"] = figure(exposed_in, made["max_exposure"], bottom_month, name="max_exposure_month")
    gain = figure(first_month, driver(in_gain, cumulative, month, after), name="first_gain")
    made["irr_last_below"], made["irr_first_above"] = last_below, gain
    made["sign_change"] = figure(sign_change, last_below, gain, months)
    made["irr"] = figure(rate_of_return, made["saving"], made["sign_change"], name="irr")
