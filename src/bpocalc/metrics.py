"""The results of an option against the baseline: saving, present value, shares, run rate, cost per unit."""

from __future__ import annotations

from functools import reduce

from bpocalc.model.book import Lines, line
from bpocalc.paybacks import paybacks
from bpocalc.quantity import NEVER, ZERO, Quantity, at_most, ratio, total, where
from bpocalc.streams import RISK, Stream
from bpocalc.timeline import MONTHS


@line("$/month")
def saving(base: Quantity, option: Quantity) -> Quantity:
    """Saving: baseline − option."""
    return base - option


@line("$/month")
def saving_without(saving: Quantity, here: Quantity, at_baseline: Quantity) -> Quantity:
    """Saving without risk: the risk lines of both sides are left out."""
    return saving + here - at_baseline


@line("$")
def total_of(row: Quantity) -> Quantity:
    """Sum over all months."""
    return total(row)


@line("units")
def total_volume(volume: Quantity) -> Quantity:
    """Units of work of all months."""
    return total(volume)


@line("FTE-months")
def fte_months(people: Quantity) -> Quantity:
    """Full-time equivalents of the baseline, added up over the months."""
    return total(people)


@line("months")
def run_rate_months(counted: Quantity) -> Quantity:
    """Months over which the run rate is taken."""
    return total(counted)


@line("share")
def share_of(part: Quantity, whole: Quantity) -> Quantity:
    """Saving as a share of its base; none where the base is not above zero."""
    return where(whole > 0, ratio(part, whole, NEVER), NEVER)


@line("month")
def last_in_place(months: list[Quantity]) -> Quantity:
    """Last month before work comes back in-house, or the last one of the scenario."""
    return reduce(at_most, months)


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
def without_exit(once: Quantity, leaving: Quantity) -> Quantity:
    """One-off cost without that of leaving."""
    return once - leaving


@line("$")
def invested(once: Quantity, dual_running: Quantity, to_be_removed: Quantity) -> Quantity:
    """Investment: one-off cost without exit, dual running, and stranded cost that will still be removed."""
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
    made["total_cost"] = figure(total_of, option.cost, name="total_cost", title="total cost")
    made["pv_cost"] = figure(total_of, option.discounted, name="pv_cost", title="present value of the cost")
    made["soft"] = figure(total_of, option.soft, name="soft_total", title="soft cost") if option.soft.is_row else ZERO
    if volume is not None:
        units = figure(total_volume, volume)
        made["cost_per_unit"] = figure(per_unit, made["total_cost"], units, name="cost_per_unit")
    heads = figure(fte_months, fte)
    made["cost_per_fte"] = figure(per_fte, made["total_cost"], heads, name="cost_per_fte")
    if not base_is_self:
        _against(made, option, base, lines, fees, avoidable)
    return made


def _against(
    made: Metrics, option: Stream, base: Stream, lines: Lines, fees: Quantity | None, avoidable: Quantity | None
) -> None:
    """The results that need a baseline."""
    clock, driver, figure = lines.clock, lines.driver, lines.figure
    base_cost = figure(total_of, base.cost, name="baseline_cost", title="cost of the baseline")
    made["saving"] = driver(saving, base.cost, option.cost)
    made["saving_discounted"] = driver(saving, base.discounted, option.discounted, name="saving_discounted")
    made["total_saving"] = figure(total_of, made["saving"], name="total_saving", title="saving")
    made["npv_saving"] = figure(
        total_of, made["saving_discounted"], name="npv_saving", title="net present value of the saving"
    )
    _without_risk(made, option, base, lines.within("without_risk"))
    made["saving_share"] = figure(share_of, made["total_saving"], base_cost, name="saving_share")
    made["cost_ratio"] = figure(cost_ratio, base_cost, made["total_cost"])
    if avoidable is not None:
        base_avoidable = figure(total_of, avoidable, name="avoidable_total", title="avoidable cost of the baseline")
        made["saving_share_of_avoidable"] = figure(
            share_of, made["total_saving"], base_avoidable, name="saving_share_of_avoidable"
        )
        if fees is not None:
            paid = figure(total_of, fees, name="total_fees", title="provider fees")
            made["naive_saving"] = figure(naive_saving, base_cost, paid)
    once_row = driver(more_than_baseline, option.once, base.once, name="one_off_row")
    once = figure(total_of, once_row, name="one_off", title="one-off cost, option less baseline")
    dual = figure(
        total_of, driver(more_than_baseline, option.dual_running, base.dual_running, name="dual_row"), name="dual_total"
    )
    removable = driver(more_than_baseline, option.to_be_removed, base.to_be_removed, name="removable_row")
    made["one_off"] = once
    if option.exit.is_row or base.exit.is_row:
        leaving = driver(more_than_baseline, option.exit, base.exit, name="exit_row")
        left = figure(total_of, leaving, name="exit_total", title="exit, option less baseline")
        once = made["one_off_without_exit"] = figure(without_exit, once, left, name="one_off_without_exit")
    made["investment"] = figure(
        invested, once, dual, figure(total_of, removable, name="removable_total"), name="investment"
    )
    ends = [side.last for side in (option, base) if side.last is not None]
    last = figure(last_in_place, [clock.last, *ends]) if ends else clock.last
    counted = driver(counted_month, clock.month, last, option.at_full, base.at_full)
    made["run_rate_months"] = figure(run_rate_months, counted)
    saved = figure(total_of, driver(counted_saving, base.run, option.run, counted), name="counted_total")
    made["run_rate"] = figure(run_rate, saved, made["run_rate_months"])
    paybacks(made, lines)


def _without_risk(made: Metrics, option: Stream, base: Stream, lines: Lines) -> None:
    """Saving and its present value without the risk lines, where there are any."""
    if not any(RISK in side.by_category for side in (option, base)):
        return
    worth = "net present value of the saving"
    kinds = (("saving", "cash", "total_saving", "saving"), ("saving_discounted", "discounted", "npv_saving", worth))
    for which, (whole, name, metric, title) in enumerate(kinds):
        here, at_baseline = (side.by_category.get(RISK, (ZERO, ZERO))[which] for side in (option, base))
        rest = lines.driver(saving_without, made[whole], here, at_baseline, name=name)
        made[f"{metric}_without_risk"] = lines.figure(total_of, rest, name=metric, title=f"{title} without risk")
