"""Sources: where the figures come from, how old they are, and whether anything hangs on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bpocalc.about import Input
from bpocalc.lints.rule import Doubt, doubt, rule
from bpocalc.lints.subject import Subject
from bpocalc.locations import BOUNDS
from bpocalc.scalars import THOUSANDS
from bpocalc.timeline import month_of

VOLUME = "functions.care.demand"
IDLE = re.compile(r"\.avoidable$|\.exit\.early\.|^correlations\.")
"""What must be stated or belongs to a case or a simulation, and changes nothing in the scenario as it stands."""


def _at(item: Input, message: str) -> Iterator[Doubt]:
    if item.place is not None:
        yield Doubt(message, item.place, item.address)


@rule(
    "BPO151", "note",
    cure="write it as {value: …, source: …, as_of: 2026-09}; bpocalc explain FILE --assumptions lists them all",
    at=VOLUME,
    bad="{volume: 42_000, unit: contact}",
    good="{volume: {value: 42_000, source: contact log of 2026, as_of: 2026-09}, unit: contact}",
)  # fmt: skip
def unsourced(subject: Subject) -> Iterator[Doubt]:
    """Figures without a source.

    Who defends a case is asked for the source of its figures. The first one without a source is shown, and how many
    there are.
    """
    stated = [item for item in subject.inputs if not item.source.reference]
    bare = [item for item in stated if not item.source.text]
    if bare:
        first, more = bare[0], len(bare) - 1
        others = f", nor do {more} more of the {len(stated)} stated figures" if more else ""
        yield from _at(first, f"{first.address} names no source{others}")


@rule(
    "BPO152", "warning",
    cure="look the figure up again, and write the date of the new one into as_of",
    at=VOLUME,
    bad="{volume: {value: 42_000, source: contact log of 2023, as_of: 2023-12}, unit: contact}",
    good="{volume: {value: 42_000, source: contact log of 2026, as_of: 2026-09}, unit: contact}",
)  # fmt: skip
def too_old(subject: Subject) -> Iterator[Doubt]:
    """A figure that is older than `--max-age` when the scenario starts.

    Judged only with that option, and against the scenario's own start, so that the same file is judged alike on every
    day. Figures of the reference data are judged as well, where they are used.
    """
    start, most = subject.loaded.clock.start, subject.limits.max_age
    if most is None or start is None:
        return
    for item in subject.inputs:
        month = month_of(item.source.as_of)
        if month is not None and month.until(start) > most:
            months = f"{month.until(start)} months old at the start, more than {most}"
            yield from _of(subject, item, f"{item.address} is of {item.source.as_of}: {months}")


def _of(subject: Subject, item: Input, message: str) -> Iterator[Doubt]:
    """A doubt about a figure; one of the reference data is told where the scenario asks for it.

    The bounds of an employer charge are told with its rate.
    """
    if item.source.reference and item.address.rpartition(".")[2] in BOUNDS:
        return
    if (place := subject.loaded.taken.get(item.address)) is not None:
        yield Doubt(message, place, item.address)
    elif item.source.reference:
        yield doubt(message, subject.scenario.origin("title"))
    else:
        yield from _at(item, message)


@rule(
    "BPO153", "warning",
    cure="state a figure of your own, with its source",
    at="functions.care.in_house.teams",
    bad="agents: {handling_time: 8 min, role: data_entry_clerk, shrinkage: 30%, occupancy: 82%}",
    good="agents: {handling_time: 8 min, salary: 40_000, shrinkage: 30%, occupancy: 82%, wage_growth: 3%}",
)  # fmt: skip
def low_grade(subject: Subject) -> Iterator[Doubt]:
    """A reference figure of a lower grade than `--min-grade`.

    Judged only with that option. The grades are those of the reference data: A is an official figure for just this,
    and each further letter is further away from it.
    """
    least = subject.limits.min_grade
    for item in subject.inputs:
        if least and item.source.reference and item.source.grade > least:
            said = f"{item.address} comes from the reference data with grade {item.source.grade}, below {least}"
            yield from _of(subject, item, said)


@rule(
    "BPO154", "note",
    cure="write the date at which the figure was known into as_of",
    at=VOLUME,
    bad="{volume: {value: 42_000, source: contact log, as_of: 2028-03}, unit: contact}",
    good="{volume: {value: 42_000, source: contact log, as_of: 2026-09}, unit: contact}",
)  # fmt: skip
def from_the_future(subject: Subject) -> Iterator[Doubt]:
    """A figure that is dated after the start of the scenario.

    Nobody knew it when the case was made: the date is mistyped, or the figure is a forecast and should say so.
    """
    start = subject.loaded.clock.start
    for item in subject.inputs:
        month = month_of(item.source.as_of) if item.source.as_of else None
        if start is not None and month is not None and month.until(start) < 0:
            yield from _at(item, f"{item.address} is of {item.source.as_of}, after the start in {start}")


@rule(
    "BPO155", "note", computes=True,
    cure="take it out, or find out why it does not count",
    at=VOLUME,
    bad="{volume: {1: 42_000, 9: 50_000}, unit: contact}",
    good="{volume: {1: 42_000, 2: 50_000}, unit: contact}",
)  # fmt: skip
def idle(subject: Subject) -> Iterator[Doubt]:
    """A figure that no result hangs on.

    It stands in the file, reads as if it mattered and changes nothing: a step after the last month, an exchange rate
    that nothing uses. Judged only where a scenario is computed: with expectations, with --fail-if or with --compute.
    """
    from bpocalc.assumptions import assumptions

    for item in assumptions(subject.comparison).stated:
        if not item.used and item.place is not None and item.value and not IDLE.search(item.address):
            yield Doubt(f"no result hangs on {item.address}", item.place, item.address)


@rule(
    "BPO156", "warning",
    cure="write 40_000 for thousands; else leave out the zero at the end",
    at="functions.care.in_house.teams",
    bad="agents: {handling_time: 8 min, salary: 40.000, shrinkage: 30%, occupancy: 82%, wage_growth: 3%}",
    good="agents: {handling_time: 8 min, salary: 40_000, shrinkage: 30%, occupancy: 82%, wage_growth: 3%}",
)  # fmt: skip
def thousands(subject: Subject) -> Iterator[Doubt]:
    """A figure whose point may be meant to part thousands.

    The point is the decimal sign: 40.000 is forty. Where thousands are parted by a point it reads as forty thousand,
    and nothing but the result would tell.
    """
    for item in subject.inputs:
        if found := THOUSANDS.match(item.written):
            as_read = f"{float(found[0]):g} and not {found[0].replace('.', ',')}"
            yield from _at(item, f"{item.address} is written {found[0]}, which is {as_read}")
