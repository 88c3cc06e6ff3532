"""What an explanation says, whatever its format: headings, where an input was set, how to go on."""

from __future__ import annotations

from math import isnan
from pathlib import PurePath
from shlex import quote
from typing import NamedTuple

from bpocalc.about import Input
from bpocalc.comparison import Comparison
from bpocalc.explain.addresses import Item, is_flow, label_of, span_of, used_by
from bpocalc.explain.spans import Span, largest, month
from bpocalc.explain.spans import value as value_in
from bpocalc.explain.tree import Step
from bpocalc.notation import digits
from bpocalc.quantity import Quantity, describe
from bpocalc.references import figure_of, old_at_the_start
from bpocalc.table import clean
from bpocalc.timeline import MONTHS, Clock

BARE = ("", "share", "factor", "rate")
"""Units that are not written."""


class Subject(NamedTuple):
    """The scenario that is explained, as it was read."""

    path: str
    """As it is shown; - for standard input."""
    sha256: str
    comparison: Comparison
    options: tuple[str, ...]
    """The options of the command line that change figures."""

    @property
    def clock(self) -> Clock:
        """The months of the scenario."""
        return self.comparison.run.book.clock

    def command(self, *args: str) -> str:
        """The command that explains something of the same scenario."""
        return " ".join(["bpocalc explain", *(quote(arg) for arg in (self.path, *args, *self.options))])


def unit_in(unit: str, span: Span | None) -> str:
    """The unit of a row in a span: what flows in a month is an amount, what is there is added up as such."""
    if span is None:
        return unit
    if is_flow(unit):
        return unit.rpartition("/")[0]
    return unit if span.is_month or unit in BARE else f"{unit}-months"


def amount(value: float, unit: str) -> str:
    """A number with its unit; a month or a year by its number."""
    if isnan(value) or unit in BARE:
        return digits(value)
    if unit in ("month", "year"):
        return f"{unit} {digits(value)}" if value else "0"
    return f"{digits(value)} {unit}"


def when(span: Span | None, clock: Clock) -> str:
    """The months of a span, with their dates where the scenario has a start."""
    if span is None:
        return ""
    if span == Span(1, clock.months):
        return f"in all {clock.months} months" if clock.months > 1 else "in the one month"
    dates = f" ({clock.label(span.first)})" if clock.start else ""
    if span.is_month:
        return f"in month {span.first}{dates}"
    dates = f" ({clock.label(span.first)} to {clock.label(span.last)})" if clock.start else ""
    return f"in months {span.first} to {span.last}{dates}"


def heading(step: Step, above: Step | None, subject: Subject) -> str:
    """What a step comes to: its name, value, unit, and the months where they are not those of the step above."""
    value = amount(shown(step.quantity, step.value), unit_in(step.unit, step.span))
    if isnan(step.value) and (why := reason(step.quantity, subject)):
        value = f"never: {why}"
    other = above is None or step.span != above.span
    share = "" if step.share is None else f"{step.share * 100:.1f} %".replace("-", "−")
    months = when(step.span, subject.clock) if other else ""
    said = f"{'for example' if step.is_example else f'{step.name} ='} {value}{f' {months}' if months else ''}"
    return f"{said}{f', {share}' if share else ''}{' (above)' if step.state == 'above' else ''}"


def shown(q: Quantity, value: float) -> float:
    """A value as it is shown: what a computation leaves far below a millionth is nothing."""
    return 0.0 if not isinstance(q.about, Input) and abs(value) < 5e-10 else value


def about(step: Step, subject: Subject) -> str:
    """What is said beside a heading: of an input where it was set, of a line what it is."""
    item = step.quantity.about
    if step.state == "above" or step.is_example:
        return ""
    if isinstance(item, Input):
        return "  ".join(text for text in (set_at(item, subject), *_written(item), _source(item, subject)) if text)
    return label(step.quantity, subject)


def label(q: Quantity, subject: Subject) -> str:
    """What a line is; empty for anything else."""
    entry = subject.comparison.run.book.entries.get(describe(q))
    return clean(label_of(entry)) if entry and entry.quantity is q else ""


def set_by(item: Input) -> str:
    """What gave an input its value."""
    if not item.stated:
        return "neutral"
    if item.source.reference:
        return "reference"
    if item.source.card:
        return "rate card"
    if item.case:
        return f"case {item.case}"
    return "--set" if item.place is not None and item.place.file.startswith("--set") else "scenario"


def file_of(item: Input, subject: Subject) -> str:
    """The file that an input stands in, as it is shown; empty for one that stands in none."""
    by = set_by(item)
    if by in ("reference", "rate card") and item.place is not None:
        return PurePath(item.place.file).name
    own = by == "scenario" or item.case
    return ("<stdin>" if subject.path == "-" else subject.path) if own else ""


def set_at(item: Input, subject: Subject) -> str:
    """Where an input was set."""
    by = set_by(item)
    if by in ("neutral", "--set") or item.place is None:
        return "not stated: taken as neutral" if by == "neutral" else f"set by {by}"
    at = f"{file_of(item, subject)}:{item.place.line}"
    if item.case:
        return f"{at}, set by {by}"
    of = {"reference": " of the reference data", "rate card": " of the rate card"}
    return f"{at}{of.get(by, '')}"


def _written(item: Input) -> list[str]:
    """How it was written, where that says more than the value; a month's pay counts twelve times in a year."""
    monthly = item.unit.endswith("/year") and item.written.endswith("/month")
    if not item.written or (item.source.reference and not monthly):
        return []
    return [f"written {clean(item.written)}{', 12 of them a year' if monthly else ''}"]


def _source(item: Input, subject: Subject) -> str:
    source = item.source
    parts = [f'"{source.text}"' if source.text else "", source.as_of, *_aged(item, subject)]
    parts += [f"grade {source.grade}" if source.grade else ""]
    return clean(", ".join(part for part in parts if part))


def _aged(item: Input, subject: Subject) -> list[str]:
    """How old a figure of reference data or a rate card is at the start, and whether it is stale."""
    if not (item.source.reference or item.source.card):
        return []
    figure = figure_of(item, 0.0, subject.comparison.run.loaded)
    return [old_at_the_start(figure.age), "stale" if figure.stale else ""]


def facts(q: Quantity, subject: Subject) -> list[tuple[str, str]]:
    """All that is known of an input, each under its word."""
    item = q.about
    assert isinstance(item, Input)
    source, spread = item.source, item.spread
    least, most = ("" if bound is None else digits(bound) for bound in (item.least, item.most))
    bounds = " and ".join(x for x in (f"at least {least}" if least else "", f"at most {most}" if most else "") if x)
    known = {
        "where": set_at(item, subject),
        "written": item.written,
        "source": source.text,
        "as of": source.as_of,
        "grade": source.grade,
        "owner": source.owner,
        "covers" if source.reference else "note": source.note,
        "range": f"{digits(spread.low)} to {digits(spread.high)} ({spread.dist})" if spread else "",
        "bounds": bounds,
    }
    return [(word, clean(text)) for word, text in known.items() if text]


def users(q: Quantity, subject: Subject) -> list[tuple[str, str]]:
    """The lines whose formula points at an input, each with what it is."""
    entries = subject.comparison.run.book.entries
    return [(address, clean(label_of(entries[address]))) for address in used_by(subject.comparison, q)]


def reason(q: Quantity, subject: Subject) -> str:
    """Why a result has no value; empty for what is no result."""
    from bpocalc.notes import reasons

    comparison = subject.comparison
    for group in [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]:
        for result in group.results.values():
            name = next((name for name, metric in result.metrics.items() if metric is q), "")
            if name:
                return reasons(result, comparison.run.book.clock.months).get(name, "")
    return ""


def year_label(year: int, clock: Clock) -> str:
    """A contract year with its first month."""
    return f"year {year}" + (f", from {clock.start.after((year - 1) * MONTHS)}" if clock.start else "")


def formulas(step: Step) -> list[str]:
    """The formula in names and in numbers, as far as each says more than the lines above it."""
    made = step.formula
    if made is None:
        return []
    known = {step.name, digits(step.value)}
    if step.quantity.about is None or step.is_example:
        known.add(made.names)
    names = "" if made.names in known else made.names
    if made.is_monthly and names:
        names += ", month by month"
    return [f"= {text}" for text in dict.fromkeys((names, made.numbers)) if text]


def peak(step: Step, subject: Subject) -> str:
    """The month that counts most in a sum that is explained by its terms; empty for anything else."""
    if step.span is None or not step.is_sum or step.formula is None or step.formula.is_monthly:
        return ""
    top = month(largest(step.quantity, step.span))
    value = shown(step.quantity, value_in(step.quantity, top))
    return f"largest {when(top, subject.clock)}: {amount(value, unit_in(step.unit, top))}"


def closing(root: Step, subject: Subject, *, by_month: bool) -> list[str]:
    """How to go on: one month instead of all, and what stands deeper."""
    out = []
    address = describe(root.quantity)
    if root.span is not None and not by_month:
        other = largest(root.quantity, root.span) if root.is_sum else 1
        out.append(f"{'One' if root.is_sum else 'Another'} month: {subject.command(address, '--month', str(other))}")
    if (deeper := _first_cut(root)) is not None:
        out.append(f"… goes on with a greater --depth, or from there: {subject.command(*_asked(deeper))}")
    return out


def _first_cut(step: Step) -> Step | None:
    """The first step that would go on, and has an address."""
    if step.state == "cut" and step.quantity.about is not None:
        return step
    return next((found for below in step.steps if (found := _first_cut(below)) is not None), None)


def _asked(step: Step) -> list[str]:
    address = describe(step.quantity)
    return [address, "--month", str(step.span.first)] if step.span and step.span.is_month else [address]


def listed(item: Item, subject: Subject, asked: int | None) -> tuple[str, str]:
    """Something that can be asked for with its value, and what it is or where it was set."""
    q = item.quantity
    assert q.about is not None
    span = span_of(q, asked)
    value = amount(shown(q, value_in(q, span)), unit_in(q.about.unit, span))
    said = set_at(q.about, subject) if isinstance(q.about, Input) else item.label
    return f"{item.address} = {value}", clean(said)


def below_list(subject: Subject, asked: int | None) -> list[str]:
    """What must be known to read a list, and how to go on."""
    rows = (
        f"Rows {when(month(asked), subject.clock)}."
        if asked
        else "Amounts of a month are added up over all months; any other row is that of the last month."
    )
    return [rows, f"Where one comes from: {subject.command('ADDRESS')}"]
