"""The comparison: options against the baseline, for each function and for the whole scenario.

Savings, net present value, paybacks, exposure and rate of return are lines like any other: remembered and explained.
Saving = baseline − option; costs are positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bpocalc.bridge import Bridges
from bpocalc.decision import decide, tied
from bpocalc.metrics import Metrics, measure, total_of
from bpocalc.mixes import Mix, best_mix, cheapest, mix_of
from bpocalc.model.book import line
from bpocalc.model.option import Outcome
from bpocalc.model.run import Run, Ways
from bpocalc.quantity import Quantity, ratio, sum_of
from bpocalc.streams import RISK, Discounter, Stream, stream_of, together
from bpocalc.words import added


class Result(NamedTuple):
    """One way to run a function, or the whole scenario, with its cost and what it is worth against the baseline."""

    key: str
    address: str
    title: str
    stream: Stream
    metrics: Metrics


class Group(NamedTuple):
    """A function, or the whole scenario, with its results; the baseline among them."""

    key: str
    title: str
    baseline: str
    results: dict[str, Result]
    best: str
    """The result of least present value of cost."""
    best_without_risk: str
    """The same without the risk lines."""
    tie: tuple[str, ...] = ()
    """The results, if there are several, whose present values differ by less than is material from the least."""


class Comparison(NamedTuple):
    """A scenario compared."""

    run: Run
    functions: dict[str, Group]
    total: Group | None
    """The whole scenario: the baseline, the mix that it names and the best mix; None for a single function."""
    mixes: dict[str, Mix]
    """What the results of the whole scenario consist of, by their key; the best mix even for a single function."""
    mix_without_risk: Mix | None
    """What would be the best mix without the risk lines; None where there are none."""
    soft: bool
    bridges: Bridges
    """From the cost of each baseline to that of each option, cause by cause."""

    @property
    def best(self) -> Mix:
        """The mix of least present value of cost."""
        return self.mixes["best"]


def nearest(group: Group) -> Result | None:
    """The best of the options beside the baseline."""
    rivals = [r for r in group.results.values() if r.key != group.baseline]
    return min(rivals, key=lambda r: r.metrics["pv_cost"].figure) if rivals else None


WITH_THE_WORK = ("quality", "risk")
"""Topics whose in-house cost goes when the work goes."""


@line("$/month")
def avoidable_cost(ways: Ways, soft: bool) -> Quantity:
    """In-house cost that would go if all the work went: each line times its avoidable share."""
    full, side = ways.full, ways.full.side
    people = sum_of(heads * side.teams[key].avoidable for key, heads in full.heads.items())
    parts = []
    for name, quantity in full.found.items():
        word, _, key = name.partition(".")
        share: Quantity | None
        if word == "costs":
            share = side.costs[key].avoidable if soft or not side.costs[key].soft else None
        elif key:
            share = side.teams[key].avoidable
        else:
            share = side.seats[name].avoidable if name in side.seats else ratio(people, full.people, 0)
        if share is not None:
            parts.append(quantity * share)
    costs = ways.outcomes["in_house"].costs
    parts += [entry.quantity for name, entry in costs.items() if name.partition(".")[0] in WITH_THE_WORK]
    return sum_of(parts)


def compare(run: Run, *, soft: bool = False) -> Comparison:
    """Compare the options of every function, and find the best mix.

    With `soft`, soft lines are counted in all totals.
    """
    scenario = run.loaded.scenario
    discounter = Discounter(scenario.discount_rate, run.book)
    streams = {
        function: {
            option: stream_of(outcome, run.book.lines(f"{function}.{option}"), discounter, soft=soft)
            for option, outcome in ways.outcomes.items()
        }
        for function, ways in run.functions.items()
    }
    functions = {key: _group(key, ways, streams[key], run, soft=soft) for key, ways in run.functions.items()}
    values = {key: {o: r.metrics["pv_cost"].figure for o, r in g.results.items()} for key, g in functions.items()}
    baselines = {key: group.baseline for key, group in functions.items()}
    mixes = {"in_house": Mix(baselines), "best": best_mix(values, baselines, run, discounter)}
    named = Mix({**baselines, **{key: option for key, option in scenario.mix.items() if key in functions}})
    if scenario.mix and named.options not in (baselines, mixes["best"].options):
        mixes["mix"] = named
    total = _total(run, streams, mixes, discounter) if len(functions) > 1 else None
    without = None
    if any(RISK in stream.by_category for options in streams.values() for stream in options.values()):
        calm = {key: {o: pv_without_risk(stream) for o, stream in options.items()} for key, options in streams.items()}
        without = best_mix(calm, baselines, run, discounter)
    groups = {**functions, "total": total} if total else functions
    results = {key: {name: result.stream for name, result in group.results.items()} for key, group in groups.items()}
    bridges = Bridges(run, results, {key: group.baseline for key, group in groups.items()}, mixes, discounter)
    return Comparison(run, functions, total, mixes, without, soft, bridges)


def _group(key: str, ways: Ways, streams: Mapping[str, Stream], run: Run, *, soft: bool) -> Group:
    """The results of one function."""
    function = ways.function
    base = streams[function.baseline]
    lines = run.book.lines(f"{key}.in_house")
    avoidable = lines.driver(avoidable_cost, ways, soft) if function.baseline == "in_house" else None
    results = {}
    for option, stream in streams.items():
        within = run.book.lines(f"{key}.{option}")
        outcome: Outcome = ways.outcomes[option]
        metrics = measure(
            stream,
            base,
            within,
            base_is_self=option == function.baseline,
            fte=ways.full.people,
            volume=ways.volume,
            fees=outcome.fees,
            avoidable=avoidable,
        )
        if outcome.idle_pay is not None:
            metrics["idle_pay"] = within.figure(
                total_of, outcome.idle_pay, name="idle_pay_total", title="pay of idle capacity"
            )
        title = "in-house" if option == "in_house" else function.options[option].title or option
        results[option] = Result(option, f"{key}.{option}", title, stream, metrics)
    first = function.baseline
    metrics_of = {option: result.metrics for option, result in results.items()}
    tie = decide(run.loaded.scenario, key, first, streams, metrics_of, run.book)
    return Group(key, function.title or key, first, results, *_best(results.values(), first), tie)


def _best(results: Iterable[Result], first: str) -> tuple[str, str]:
    """The key of the result with the least present value of cost, and of that without risk.

    Within half a cent `first`, the baseline, wins.
    """
    worth = {r.key: (r.metrics["pv_cost"].figure, pv_without_risk(r.stream)) for r in results}
    with_risk, without = ({key: both[which] for key, both in worth.items()} for which in (0, 1))
    return cheapest(with_risk, first), cheapest(without, first)


def pv_without_risk(stream: Stream) -> float:
    """Present value of cost without the risk lines."""
    worth = added(stream.discounted.row)
    return worth - added(stream.by_category[RISK][1].row) if RISK in stream.by_category else worth


def _total(
    run: Run, streams: Mapping[str, Mapping[str, Stream]], mixes: Mapping[str, Mix], discounter: Discounter
) -> Group:
    """The whole scenario: all baselines, the best mix, and the one that the scenario names where it is another."""
    volumes = [ways.full.people for ways in run.functions.values()]
    made: dict[str, Stream] = {}
    results: dict[str, Result] = {}
    for name, mix in mixes.items():
        lines = run.book.lines(f"total.{name}")
        parts = [streams[function][option] for function, option in mix.options.items()]
        made[name] = together(parts, mix_of(mix, run, lines), lines, discounter)
        people = lines.driver(all_people, volumes) if name == "in_house" else None
        fte = people if people is not None else results["in_house"].metrics.fte
        metrics = measure(made[name], made["in_house"], lines, base_is_self=name == "in_house", fte=fte)
        title = {"in_house": "baseline", "mix": "mix", "best": "best mix"}[name]
        results[name] = Result(name, f"total.{name}", title, made[name], metrics)
    same = mixes["best"].options == mixes["in_house"].options  # one mix under two names, and no tie of two
    apart = {name: result.metrics for name, result in results.items() if not (same and name == "best")}
    tie = tied(run.loaded.scenario.decision, "in_house", apart, run.book.lines("total.in_house"))
    return Group("total", "whole scenario", "in_house", results, *_best(results.values(), "in_house"), tie)


@line("FTE")
def all_people(people: list[Quantity]) -> Quantity:
    """In-house people of all functions."""
    return sum_of(people)
