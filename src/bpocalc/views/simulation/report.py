"""A simulation as a report: the answers, a table of odds, the fan of the saving, and what drives it."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.answers import how, money, signed
from bpocalc.comparison import Group
from bpocalc.report import Report, basis
from bpocalc.studies.odds import Odds
from bpocalc.studies.simulation import groups_of
from bpocalc.table import Table, clean, shown_key
from bpocalc.views.simulation.notes import notes
from bpocalc.views.simulation.subject import Subject
from bpocalc.views.simulation.tables import drivers, fans, likely, short

CONVENTIONS = (
    "Savings are net present values against the baseline. All options meet the same draws. P10 is the value below "
    "which a tenth of the trials lie. A ± is one standard error. The mean of the trials is not the plain run: that "
    "computes with the values alone, which are medians or modes, and with risks at their average."
)
SMALL = 0.0005
"""A probability that is shown as 0.0 %."""


def report(subject: Subject, *, drawn: bool) -> Report:
    """The report of a simulation; `drawn` says whether there is room to draw how the saving adds up."""
    simulation = subject.simulation
    comparison = simulation.comparison
    tables: list[Table] = []
    for group in groups_of(comparison):
        tables += [likely(group, subject), *fans(group, subject, drawn=drawn), drivers(group, subject)]
    return Report(
        title=clean(comparison.run.loaded.scenario.title),
        basis=f"{basis(comparison)} · {simulation.trials:,} trials, seed {simulation.seed}",
        answers=tuple(answers(subject)),
        tables=tuple(table for table in tables if table.rows),
        notes=tuple(notes(subject)),
        conventions=CONVENTIONS,
    )


def answers(subject: Subject) -> list[str]:
    """What the trials say, in words: a sentence or two for each function."""
    return [clean(" ".join(_answer(group, subject))) for group in groups_of(subject.simulation.comparison)]


def _answer(group: Group, subject: Subject) -> Iterator[str]:
    ways, odds = subject.simulation.groups[group.key], subject.odds[group.key]
    means = {way.key: float(way.cost.mean()) for way in ways}
    best = min(means, key=means.__getitem__)
    what = "the whole scenario" if group.key == "total" else group.title
    rivals = [key for key in means if key != group.baseline]
    if not rivals:
        yield f"There is no option to compare {what} with."
        return
    if best == group.baseline:
        where = "in-house" if best == "in_house" else f"with {best}"
        rival = min(rivals, key=means.__getitem__)
        yield (
            f"Keeping {what} {where} is cheapest on average, and in {percent(odds[best].best.value)} of the trials; "
            f"{_name(group, rival)}{', the next best,' if len(rivals) > 1 else ''} {_odds(odds[rival])}."
        )
    else:
        begin = (
            "The best mix" if group.key == "total" else how(subject.simulation.comparison, group, group.results[best])
        )
        often = percent(odds[best].best.value)
        among = f"; it is the best of {len(ways)} ways in {often} of them" if len(ways) > 2 else ""
        yield f"{begin} {_odds(odds[best])}{among}."
    known = subject.information[group.key]
    if known.everything.value < 0.5:
        yield "Knowing more before deciding would be worth nothing."
        return
    said = f"Knowing everything before deciding would be worth {money(known.everything.value)}"
    single = max(known.drivers, key=lambda driver: driver.worth, default=None)
    if single is not None and single.worth >= 0.5:
        said += f", knowing {short(single.address, group.key)} alone {money(single.worth)}"
    yield f"{said}."


def _name(group: Group, key: str) -> str:
    return f"the {group.results[key].title}" if group.key == "total" else shown_key(key)


def _odds(odds: Odds) -> str:
    assert odds.mean is not None
    assert odds.loses is not None
    low, _, high = (signed(one.value) for one in odds.quantiles)
    error = f" (± {odds.loses.error * 100:.1f})" if odds.loses.error > SMALL else ""
    return (
        f"loses money in {percent(odds.loses.value)} of the trials{error}: its saving is worth "
        f"{signed(odds.mean.value)} on average, {low} at P10 and {high} at P90"
    )


def percent(share: float) -> str:
    """A probability in a sentence; what is not quite nothing or all does not look like it."""
    if 0 < share < SMALL:
        return "less than 0.1 %"
    if 1 - SMALL < share < 1:
        return "more than 99.9 %"
    return f"{share * 100:.1f} %" if 0 < share < 1 else "none" if share == 0 else "all"
