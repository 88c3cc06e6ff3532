"""The results of an option against the baseline: saving, present value, paybacks, exposure, rate of return."""

from __future__ import annotations

from bpocalc.model.book import Lines, line
from bpocalc.quantity import (
    NEVER,
    ZERO,
    Quantity,
    at_least,
    highest,
    irr,
    lowest,
    ratio,
    running_total,
    total,
    where,
)
from bpocalc.streams import Stream
from bpocalc.timeline import MONTHS
from bpocalc.words import HALF_CENT

LEAST = ZERO - HALF_CENT
"""A cumulative saving within half a cent of zero counts as zero."""


@line("$/month")
def saving(base: Quantity, option: Quantity) -> Quantity:
    """Saving: baseline − option."""
    return base - option


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


@line("$")
def total_of(row: Quantity) -> Quantity:
    """Sum over all months."""
    return total(row)


@line("share")
def share_of(part: Quantity, whole: Quantity) -> Quantity:
    """Saving as a share of its base; none where the base is not above zero."""
    return where(whole > 0, ratio(part, whole, NEVER), NEVER)


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
    """Static payback: one-off cost over the monthly run rate; never without a run rate, none without one-off cost."""
    paid = where(once <= 0, 0, ratio(once * MONTHS, run_rate, NEVER))
    return where(run_rate > 0, paid, NEVER)


@line("share")
def counted_month(month: Quantity, months: Quantity, option: Quantity | None, base: Quantity | None) -> Quantity:
    """1 in the last twelve months as far as the option is fully in place in them."""
    late = where(month > months - MONTHS, 1, 0)
    for full in (option, base):
        if full is not None:
            late = late * full
    return late


@line("$/month")
def counted_saving(base: Quantity, option: Quantity, counted: Quantity) -> Quantity:
    """Saving in run cost, in the months that count for the run rate."""
    return (base - option) * counted


@line("$/year")
def run_rate(saved: Quantity, months: Quantity) -> Quantity:
    """Run rate: mean monthly saving in run cost over the months that count, times twelve; none without such months."""
    return ratio(saved * MONTHS, months, NEVER)


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


@line("$")
def naive_saving(base: Quantity, fees: Quantity) -> Quantity:
    """Full cost minus fees: what a comparison that leaves out what stays and the move would promise."""
    return base - fees


@line("$/month")
def more_than_baseline(option: Quantity, base: Quantity) -> Quantity:
    """What the option costs beyond the baseline."""
    return option - base


@line("factor")
def cost_ratio(base: Quantity, option: Quantity) -> Quantity:
    """Cost of the baseline over that of the option."""
    return ratio(base, option, NEVER)


@line("$")
def invested(once: Quantity, dual_running: Quantity, to_be_removed: Quantity) -> Quantity:
    """Investment: one-off cost, dual running, and stranded cost that will still be removed."""
    return once + dual_running + to_be_removed


@line("$/unit")
def per_unit(cost: Quantity, volume: Quantity) -> Quantity:
    """Cost of all months for one unit."""
    return ratio(cost, volume, NEVER)


@line("$/FTE/year")
def per_fte(cost: Quantity, fte_months: Quantity) -> Quantity:
    """Cost a year for one full-time equivalent of the baseline."""
    return ratio(cost * MONTHS, fte_months, NEVER)


class Metrics(dict[str, Quantity]):
    """The results of an option by name; rows and figures."""

    fte: Quantity = ZERO
    """Full-time equivalents of the baseline by month."""


def measure(
    option: Stream,
    base: Stream,
    lines: Lines,
    *,
    base_is_self: bool,
    fte: Quantity,
    volume: Quantity | None = None,
    fees: Quantity | None = None,
    avoidable: Quantity | None = None,
) -> Metrics:
    """All results of an option against the baseline; of the baseline itself only what it costs."""
    made = Metrics()
    made.fte = fte
    figure = lines.figure
    made["total_cost"] = figure(total_of, option.cost, name="total_cost")
    made["pv_cost"] = figure(total_of, option.discounted, name="pv_cost")
    made["soft"] = figure(total_of, option.soft, name="soft_total") if option.soft.is_row else ZERO
    if volume is not None:
        units = figure(total_of, volume, name="total_volume")
        made["cost_per_unit"] = figure(per_unit, made["total_cost"], units, name="cost_per_unit")
    heads = figure(total_of, fte, name="fte_months")
    made["cost_per_fte"] = figure(per_fte, made["total_cost"], heads, name="cost_per_fte")
    if not base_is_self:
        _against(made, option, base, lines, fees, avoidable)
    return made


def _against(
    made: Metrics, option: Stream, base: Stream, lines: Lines, fees: Quantity | None, avoidable: Quantity | None
) -> None:
    """The results that need a baseline."""
    clock, driver, figure = lines.clock, lines.driver, lines.figure
    month, months = clock.month, clock.last
    after = months + 1
    base_cost = figure(total_of, base.cost, name="baseline_cost")
    made["saving"] = driver(saving, base.cost, option.cost)
    made["saving_discounted"] = driver(saving, base.discounted, option.discounted, name="saving_discounted")
    made["total_saving"] = figure(total_of, made["saving"], name="total_saving")
    made["npv_saving"] = figure(total_of, made["saving_discounted"], name="npv_saving")
    made["saving_share"] = figure(share_of, made["total_saving"], base_cost, name="saving_share")
    made["cost_ratio"] = figure(cost_ratio, base_cost, made["total_cost"])
    if avoidable is not None:
        base_avoidable = figure(total_of, avoidable, name="avoidable_total")
        made["saving_share_of_avoidable"] = figure(
            share_of, made["total_saving"], base_avoidable, name="saving_share_of_avoidable"
        )
        if fees is not None:
            paid = figure(total_of, fees, name="total_fees")
            made["naive_saving"] = figure(naive_saving, base_cost, paid)
    once = figure(total_of, driver(more_than_baseline, option.once, base.once, name="one_off_row"), name="one_off")
    dual = figure(
        total_of, driver(more_than_baseline, option.dual_running, base.dual_running, name="dual_row"), name="dual_total"
    )
    removable = driver(more_than_baseline, option.to_be_removed, base.to_be_removed, name="removable_row")
    made["one_off"] = once
    made["investment"] = figure(
        invested, once, dual, figure(total_of, removable, name="removable_total"), name="investment"
    )
    counted = driver(counted_month, month, months, option.at_full, base.at_full)
    made["run_rate_months"] = figure(total_of, counted, name="run_rate_months")
    saved = figure(total_of, driver(counted_saving, base.run, option.run, counted), name="counted_total")
    made["run_rate"] = figure(run_rate, saved, made["run_rate_months"])
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
