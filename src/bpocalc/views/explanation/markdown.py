"""An explanation in Markdown: a heading, then a list of steps, each below the one that it explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bpocalc.about import Input
from bpocalc.explain.addresses import Section
from bpocalc.explain.tree import Step
from bpocalc.notation import digits
from bpocalc.table import clean
from bpocalc.views.explanation.wording import (
    Subject,
    about,
    amount,
    below_list,
    closing,
    facts,
    formulas,
    heading,
    listed,
    peak,
    unit_in,
    users,
    year_label,
)
from bpocalc.views.markdown import cell

MORE = " …"


def render(root: Step, subject: Subject, *, by_month: bool = False) -> str:
    """The tree of a quantity; `by_month` says that a month was asked for."""
    lines = [f"# {cell(heading(root, None, subject))}", ""]
    if isinstance(root.quantity.about, Input):
        lines += [f"- {word}: {cell(text)}" for word, text in facts(root.quantity, subject)]
        found = users(root.quantity, subject)
        lines.append(f"- used by {len(found) or 'no'} line{'' if len(found) == 1 else 's'}")
        lines += [f"  - `{address}` {cell(text)}" for address, text in found]
    else:
        said = about(root, subject)
        lines += [*([cell(said), ""] if said else []), *_body(root, None, subject, 0)]
    hints = closing(root, subject, by_month=by_month)
    return "\n".join([*lines, *([""] if hints else []), *(f"- {_hint(hint)}" for hint in hints)]) + "\n"


def _hint(text: str) -> str:
    """A sentence that ends with a command."""
    said, _, command = text.partition(": ")
    return f"{said}: `{command}`"


def _step(step: Step, above: Step, subject: Subject, level: int) -> Iterator[str]:
    said = about(step, subject)
    yield f"{'  ' * level}- {cell(heading(step, above, subject))}{f' — {cell(said)}' if said else ''}"
    if step.state != "above":
        yield from _body(step, above, subject, level + 1)


def _body(step: Step, above: Step | None, subject: Subject, level: int) -> Iterator[str]:
    """The formula of a step, its years, and the steps below it, as items of a list."""
    indent = "  " * level
    more = MORE if step.state == "cut" else ""
    if said := [f"`{text}`" for text in formulas(step)]:
        yield f"{indent}- {' '.join(said)}{more}"
    if above is None or not above.is_sum:
        yield from (f"{indent}- {year_label(y, subject.clock)}: {digits(value)}" for y, value in step.years)
    for below in step.steps:
        yield from _step(below, step, subject, level)
    if step.formula is not None and step.formula.rest is not None and not more:
        count, value = step.formula.rest
        yield f"{indent}- {count} more = {amount(value, unit_in(step.unit, step.span))}"
    if above is None and (largest := peak(step, subject)):
        yield f"{indent}- {largest}"


def render_list(sections: Sequence[Section], subject: Subject, asked: int | None) -> str:
    """What can be asked for, each with its value and what it is, in a table for each section."""
    parts = []
    for section in sections:
        rows = []
        for item in section.items:
            said, label = listed(item, subject, asked)
            address, _, value = said.partition(" = ")
            rows.append(f"| `{address}` | {cell(value)} | {cell(label)} |")
        parts.append(
            "\n".join([f"## {cell(clean(section.title))}", "", "| address | value | |", "|---|---:|---|", *rows])
        )
    rows_said, hint = below_list(subject, asked)
    return "\n\n".join([*parts, f"{rows_said} {_hint(hint)}"]) + "\n"
