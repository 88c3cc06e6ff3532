"""An explanation as lines of text, at its natural width or within one; nothing is ever cut."""

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
from bpocalc.views.layout import broken, pad, width

INDENT = 2
GAP = 2
BESIDE = 50
"""The column in which that begins which is said beside a heading."""
MOST_BESIDE = 72
"""The same in a list, where it is as far to the left as the longest heading allows."""
ONE_LINE = 120
"""A formula in names and in numbers stands on one line up to this width."""
LEAST_ROOM = 20
MORE = " …"


def render(root: Step, subject: Subject, room: int | None, *, by_month: bool = False) -> str:
    """The tree of a quantity; `by_month` says that a month was asked for."""
    lines = list(_step(root, None, subject, 0, room))
    if isinstance(root.quantity.about, Input):
        lines += _input(root, subject, room)
    hints = [line for hint in closing(root, subject, by_month=by_month) for line in _wrapped(hint, 0, room)]
    return "".join(f"{line}\n" for line in [*lines, *([""] if hints else []), *hints])


def _step(step: Step, above: Step | None, subject: Subject, level: int, room: int | None) -> Iterator[str]:
    """A step and all below it, one level further in each."""
    is_root_input = above is None and isinstance(step.quantity.about, Input)
    more = MORE if step.state == "cut" else ""
    texts = _joined(formulas(step), level, room) if step.state != "above" else []
    left = heading(step, above, subject) + ("" if texts else more)
    yield from _beside(left, "" if is_root_input else about(step, subject), level, room)
    if step.state == "above":
        return
    for number, text in enumerate(texts, 1):
        yield from _wrapped(text + (more if number == len(texts) else ""), level + 1, room)
    yield from _years(step, above, subject, level + 1, room)
    for below in step.steps:
        yield from _step(below, step, subject, level + 1, room)
    if step.formula is not None and step.formula.rest is not None and not more:
        count, value = step.formula.rest
        yield from _wrapped(f"{count} more = {amount(value, unit_in(step.unit, step.span))}", level + 1, room)
    if above is None and (largest := peak(step, subject)):
        yield from _wrapped(largest, level + 1, room)


def _joined(texts: list[str], level: int, room: int | None) -> list[str]:
    """The formula in names and in numbers, below the first step on one line where there is room."""
    joined = " ".join(texts)
    fits = width(joined) + (level + 1) * INDENT + len(MORE) <= min(room or ONE_LINE, ONE_LINE)
    return [joined] if level and fits and texts else texts


def _years(step: Step, above: Step | None, subject: Subject, level: int, room: int | None) -> Iterator[str]:
    """What a sum comes to in each contract year, unless it stands below another sum."""
    if above is None or not above.is_sum:
        rows = [(year_label(year, subject.clock), digits(value)) for year, value in step.years]
        yield from _columns(rows, level, room, left=False)


def _input(root: Step, subject: Subject, room: int | None) -> Iterator[str]:
    """All that is known of an input."""
    yield from _columns(facts(root.quantity, subject), 1, room)
    found = users(root.quantity, subject)
    yield from _wrapped(f"used by {len(found) or 'no'} line{'' if len(found) == 1 else 's'}", 1, room)
    yield from _columns(found, 2, room)


def _columns(rows: Sequence[tuple[str, str]], level: int, room: int | None, *, left: bool = True) -> Iterator[str]:
    """Two columns, the second one below the first where they have no room beside each other."""
    first = max((width(row[0]) for row in rows), default=0) + GAP
    second = max((width(row[1]) for row in rows), default=0) if not left else 0
    for name, text in rows:
        beside = pad(name, first, left=True) + pad(text, second, left=left)
        indent = _indent(level, room)
        if room is None or indent + width(beside) <= room:
            yield " " * indent + beside.rstrip()
        elif left and room - indent - first >= LEAST_ROOM:
            lines = broken(text, room - indent - first)
            yield " " * indent + pad(name, first, left=True) + lines[0]
            yield from (" " * (indent + first) + line for line in lines[1:])
        else:
            yield from _wrapped(name, level, room)
            yield from _wrapped(text, level + 1, room)


def _beside(left: str, right: str, level: int, room: int | None, beside: int = BESIDE) -> Iterator[str]:
    """A heading and what is said beside it, or below it where there is no room."""
    indent = _indent(level, room)
    text = " " * indent + left
    column = max(beside, width(text) + GAP)
    if not right:
        yield from _wrapped(left, level, room)
    elif room is None or column + width(right) <= room:
        yield pad(text, column, left=True) + right
    elif width(text) + GAP + width(right) <= room:
        yield text + " " * GAP + right
    else:
        yield from _wrapped(left, level, room)
        yield from _wrapped(right, level + 2, room)


def _indent(level: int, room: int | None) -> int:
    """How far in a level stands: in a narrow window no farther than a third of it."""
    return level * INDENT if room is None else min(level * INDENT, room // 3)


def _wrapped(text: str, level: int, room: int | None) -> Iterator[str]:
    """A text in lines of a width, those after the first further in."""
    indent = " " * _indent(level, room)
    if room is None or width(indent + text) <= room:
        yield indent + text
        return
    hang = " " * (2 * INDENT)
    lines = broken(text, max(room, LEAST_ROOM) - len(indent) - len(hang))
    yield indent + lines[0]
    yield from (indent + hang + line for line in lines[1:])


def render_list(sections: Sequence[Section], subject: Subject, room: int | None, asked: int | None) -> str:
    """What can be asked for, each with its value and what it is."""
    lines: list[str] = []
    for section in sections:
        lines += _wrapped(clean(section.title), 0, room)
        found = [listed(item, subject, asked) for item in section.items]
        column = min(MOST_BESIDE, max(width(left) for left, _ in found) + INDENT + GAP)
        lines += [line for left, right in found for line in _beside(left, right, 1, room, column)]
        lines.append("")
    lines += [line for text in below_list(subject, asked) for line in _wrapped(text, 0, room)]
    return "".join(f"{line}\n" for line in lines)
