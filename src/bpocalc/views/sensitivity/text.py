"""The tornado as text: bars where there is room for them, figures always."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isnan

from bpocalc.studies.sensitivity import Moved, Sensitivity
from bpocalc.table import Kind, Table
from bpocalc.views.layout import GAP, INDENT, Line, fitted, lines, pad, paragraph, width
from bpocalc.views.sensitivity.wording import (
    about,
    flips,
    headline,
    in_unit,
    kind_of,
    name_of,
    nearest_flip,
    result,
    scales,
    shown,
    under,
)

LOWER, HIGHER = "░", "█"
"""Drawn from the result as it is to that at the low and at the high of an input."""
LEAST_BAR, MOST_BAR = 12, 32
HEADS = ("input", "low … value … high", "at low", "at high", "switching value")


def render(found: Sensitivity, top: int | None, tables: Iterable[Table] = (), room: int | None = None) -> str:
    """The first `top` inputs, or all; then further tables; within `room` columns where that is given."""
    return "".join("".join(text for text, _ in line) + "\n" for line in laid_out(found, top, tables, room))


def laid_out(found: Sensitivity, top: int | None, tables: Iterable[Table], room: int | None) -> Iterator[Line]:
    """The lines of the study."""
    title, basis = under(found.comparison)
    yield from paragraph(title, room, "title", "")
    yield from paragraph(basis, room, "about", "")
    yield ()
    yield from paragraph(headline(found), room, "answer")
    yield from paragraph(nearest_flip(found), room, "answer")
    yield ()
    yield from _tornado(found, found.inputs[:top], room)
    if rest := found.inputs[len(found.inputs[:top]) :]:
        kind = kind_of(found.metric, found.comparison.run.loaded.scenario.currency)
        most = result(max(one.span for one in rest), "money" if kind == "saving" else kind)
        yield from paragraph(f"… {len(rest)} more, which move it by {most} at most: --top all", room)
    for table in tables:
        for made in fitted(table, room):
            yield ()
            yield from lines(made, room)
    yield ()
    for note in about(found):
        yield from paragraph(note, room, "note")


def _tornado(found: Sensitivity, inputs: Iterable[Moved], room: int | None) -> Iterator[Line]:
    """The inputs in one line each, with as many columns as there is room for, or else in several."""
    some = list(inputs)
    kind = kind_of(found.metric, found.comparison.run.loaded.scenario.currency)
    units = scales([found.value, *(x for one in some for x in (one.at_low, one.at_high))], kind)
    for columns in (range(5), (0, 2, 3, 4), (0, 2, 3)):
        for scale in units:
            grid = [HEADS, *(_cells(one, kind, scale) for one in some)]
            widths = [max(width(row[n]) for row in grid) for n in columns]
            left = MOST_BAR if room is None else room - len(INDENT) - sum(widths) - GAP * len(widths)
            if left >= LEAST_BAR:
                yield from paragraph(f"{found.metric.address}{in_unit(scale)}", room, "caption")
                bars = ["", *_bars(found.value, some, min(left, MOST_BAR))]
                for row, bar in zip(grid, bars, strict=True):
                    yield _line([row[n] for n in columns], widths, bar, "head" if row is HEADS else "")
                if 4 not in columns:
                    yield from _apart(some, room)
                return
    yield from paragraph(f"{found.metric.address}{in_unit(units[-1])}", room, "caption")
    grid = [_cells(one, kind, units[-1]) for one in some]
    for one, row in zip(some, grid, strict=True):
        yield from paragraph(row[0], room, "head")
        yield from paragraph(f"{row[1]} gives {row[2]} … {row[3]}", room, indent=INDENT * 2)
        yield from paragraph(f"flips at {row[4]}" if one.crossings else row[4], room, indent=INDENT * 2)


def _cells(one: Moved, kind: Kind, scale: int) -> tuple[str, ...]:
    lever = one.lever
    span = " … ".join(dict.fromkeys(shown(lever, x) for x in (lever.low, lever.value, lever.high)))
    return name_of(lever), span, result(one.at_low, kind, scale), result(one.at_high, kind, scale), flips(one)


def _line(cells: list[str], widths: list[int], bar: str, style: str) -> Line:
    name, *rest = (
        pad(text, to, left=number in (0, len(cells) - 1 if len(cells) > 3 else 0))
        for number, (text, to) in enumerate(zip(cells, widths, strict=True))
    )
    text = (" " * GAP).join([INDENT + name, *rest])
    return ((f"{text}{' ' * GAP}{bar}".rstrip(), style),)


def _apart(inputs: list[Moved], room: int | None) -> Iterator[Line]:
    """The switching values below the bars, where they do not fit beside them."""
    yield ()
    yield from paragraph("switching values", room, "caption")
    for one in inputs:
        yield from paragraph(f"{name_of(one.lever)}: {flips(one)}", room)


def _bars(base: float, inputs: list[Moved], room: int) -> list[str]:
    """A bar for each input on one scale."""
    known = [x for one in inputs for x in (one.at_low, one.at_high, base) if not isnan(x)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if isnan(base) or high <= low:
        return [""] * len(inputs)

    def place(x: float) -> int:
        return round((x - low) / (high - low) * (room - 1))

    out = []
    for one in inputs:
        drawn = [" "] * room
        for end, sign in ((one.at_low, LOWER), (one.at_high, HIGHER)):
            if not isnan(end) and end != base:
                first, last = sorted((place(base), place(end)))
                drawn[first : last + 1] = sign * (last - first + 1)
        drawn[place(base)] = "|"
        out.append("".join(drawn).rstrip())
    return out
