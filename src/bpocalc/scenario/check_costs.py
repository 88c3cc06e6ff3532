"""Checks of general cost lines: what each is for, what it is of, and when it is paid."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from bpocalc.document import Map
from bpocalc.problems import did_you_mean
from bpocalc.scenario.check_parts import check_name, check_within
from bpocalc.scenario.check_volume import check_for
from bpocalc.scenario.context import Loading
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.function import Function
from bpocalc.scenario.transition import Transition
from bpocalc.timeline import Month

IN_HOUSE_BASES = frozenset(
    {
        "run", "personnel", "workplace", "other", "pay", "burden", "premium", "bonus", "overtime", "hiring",
        "onboarding", "facilities", "technology", "equipment",
    }
)  # fmt: skip
"""What a rate in-house may be of, beside the teams and the cost lines before it."""
OPTION_BASES = IN_HOUSE_BASES | {"fees", "charges", "governance", "retained", "transition", "severance"}
"""What a rate of an option may be of besides."""


class Where(NamedTuple):
    """Where cost lines stand, and what they can hang on."""

    written: Map | None
    bases: Set[str]
    """The lines and categories before them."""
    function: Function
    """The function to which they belong."""
    transition: Transition | None = None
    category: str = "other"
    """The category of a line that names none."""
    one_off: bool = False
    """Whether an amount that says nothing else is paid once."""


def check_costs(costs: Mapping[str, Cost], where: Where, loading: Loading) -> None:
    """Each cost is an amount for something or a rate of something, and is paid at a time that there is."""
    before = set(where.bases)
    for key, cost in costs.items():
        check_name(key, "a cost line", where.written, loading)
        if cost.category is not None:
            check_name(cost.category, "a category", cost.written, loading, field="category")
        for word in [cost.of] if isinstance(cost.of, str) else cost.of or []:
            if word not in before:
                hint = did_you_mean(word, before)
                loading.note("BPO023", f"'{word}' is no line or category before {key}", cost.origin("of"), hint)
        before |= {key, cost.category or where.category}
        check_for(cost, key, where.function, loading, needs=cost.per == "unit")
        if cost.rate is not None:
            _check_rate(key, cost, loading)
        elif not cost.said("amount", "rate"):
            said = f"{key} has neither 'amount' nor 'rate'"
            loading.note("BPO004", said, cost.written.at, "give one of them", key=True)
        elif cost.amount is not None and not any(
            getattr(cost, field) is None and cost.said(field) for field in ("per", "date", "at")
        ):
            _check_amount(key, cost, where, loading)


def _check_rate(key: str, cost: Cost, loading: Loading) -> None:
    """A rate follows the lines that it is of, and has nothing of its own but the months in which it holds."""
    if not cost.said("of"):
        hint = "write of: personnel"
        loading.note("BPO004", f"{key} does not say what the rate is of", cost.origin("rate"), hint, key=True)
    if "amount" in cost.written:
        said = f"{key} has both an amount and a rate"
        loading.note("BPO021", said, cost.origin("rate"), "keep one of them", key=True)
        return
    for field in ("per", "paid", "growth", "month", "date", "at", "after", "spread"):
        if field in cost.written:
            said = f"{key} is a rate of other lines: '{field}' does not go with it"
            hint = "leave it out; 'from' and 'until' say when it holds"
            loading.note("BPO021", said, cost.origin(field), hint, key=True)


def _check_amount(key: str, cost: Cost, where: Where, loading: Loading) -> None:
    """An amount is for a period, a unit or a head, or is paid once, at one time."""
    anchors = [name for name in ("month", "date", "at", "spread") if name in cost.written]
    if cost.is_once or (cost.per is None and where.one_off):
        _check_once(key, cost, anchors, where, loading)
        return
    if cost.per is None:
        hint = "write per: month, year, unit, fte, seat or once"
        loading.note("BPO004", f"{key} does not say what the amount is for", cost.origin("amount"), hint, key=True)
    if anchors:
        said = f"{key} is paid once ({anchors[0]}) and per {cost.per}"
        loading.note("BPO021", said, cost.origin("per"), "keep one of them")
    if where.one_off and cost.per in ("unit", "fte", "seat"):
        said = f"{key} is an item of a transition: it is paid once, per month or per year"
        loading.note("BPO021", said, cost.origin("per"), "write it under the option's 'costs'")
    if cost.per == "unit" and not where.function.has_demand:
        hint = "write demand: {volume: …, per: month, unit: …}"
        said, lack = f"{key} needs the function's demand", f"{where.function.address}.demand"
        loading.note("BPO004", said, cost.origin("per"), hint, key=True, lack=lack)
    if "paid" in cost.written and cost.per not in (None, "year"):
        said = f"{key} is paid per {cost.per}: 'paid' goes with a yearly amount"
        loading.note("BPO021", said, cost.origin("paid"), "leave it out, or write per: year", key=True)
    check_within(cost.from_month, cost.origin("from"), f"{key} begins in", loading)
    if cost.from_month is not None and cost.until is not None and cost.until.figure < cost.from_month.figure:
        said = f"{key} ends in month {cost.until.figure:g}, before it begins"
        loading.note("BPO021", said, cost.origin("until"), "'until' is the last month")


def _check_once(key: str, cost: Cost, anchors: list[str], where: Where, loading: Loading) -> None:
    """What is paid once has one time, within the months of the scenario, and does not grow."""
    if len(anchors) > 1:
        said = f"{' and '.join(anchors)} both say when {key} is paid"
        loading.note("BPO021", said, cost.origin(anchors[1]), "keep one of them", key=True)
        return
    if not anchors and where.transition is None:
        hint = "write month: 3 or at: signature"
        loading.note("BPO004", f"{key} does not say when it is paid", cost.written.at, hint, key=True)
    for field in ("growth", "from", "until", "paid"):
        if field in cost.written:
            said = f"{key} is paid once: '{field}' does not go with it"
            loading.note("BPO021", said, cost.origin(field), "leave it out", key=True)
    if where.transition is not None and cost.spread and _without_months(where.transition):
        hint, lack = "give the transition 'months'", f"{where.transition.address}.months"
        said = f"{key} is spread over a transition of no months"
        loading.note("BPO021", said, cost.origin("spread"), hint, lack=lack)
    if where.transition is None and (cost.at in ("transition", "go_live", "ramped") or cost.spread):
        said = f"{key} hangs on a transition, and there is none here"
        loading.note("BPO021", said, cost.origin("at", "spread"), "write month: 3")
    elif cost.date is not None:
        _date(cost, key, loading)
    elif cost.month is not None:
        check_within(cost.month, cost.origin("month"), f"{key} is paid in", loading, cost.after.figure)
    elif not cost.spread:
        month = _event(cost, where.transition, loading.clock.months) + cost.after.figure
        if month > loading.clock.months:
            said = f"{key} is paid in month {month:g}, after the last month {loading.clock.months}"
            hint = "money after the last month would vanish"
            loading.note("BPO022", said, cost.origin("after", "at", "amount"), hint)


def _without_months(transition: Transition) -> bool:
    return transition.months.figure == 0 and ("months" in transition.written or not transition.said("months"))


def _event(cost: Cost, transition: Transition | None, months: int) -> float:
    """The month of the event on which a one-off item hangs."""
    if cost.at == "end":
        return months
    if cost.at == "signature" or transition is None:
        return 1.0
    begins, lasts, ramp = (q.figure for q in (transition.start, transition.months, transition.ramp))
    return {"go_live": begins + lasts, "ramped": begins + lasts + max(ramp, 1) - 1}.get(cost.at or "", begins)


def _date(cost: Cost, key: str, loading: Loading) -> None:
    origin, month = cost.origin("date"), Month.parse(cost.date or "")
    if month is None:
        loading.note("BPO016", f"date is '{cost.date}', not a month", origin, "write date: 2027-06")
    elif loading.clock.start is None:
        if not loading.dated:
            hint = "write start: 2027-01 at the top"
            loading.note("BPO004", "a date needs the scenario's start", origin, hint, key=True, lack="start")
    elif (ahead := loading.clock.start.until(month)) < 0 or ahead + cost.after.figure > loading.clock.months - 1:
        when = f"{cost.after.figure:g} months after {month}" if cost.after.figure else f"in {month}"
        loading.note("BPO022", f"{key} is paid {when}, outside the scenario's months", origin)
