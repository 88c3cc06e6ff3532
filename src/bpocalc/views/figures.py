"""How a figure is written: the only place where a number becomes text."""

from __future__ import annotations

from bpocalc.table import Kind, Row

NONE = "–"
DECIMALS = {1: 0, 1_000: 1, 1_000_000: 3, 1_000_000_000: 3}
"""Decimals of money by the unit that it is shown in."""
MONEY = ("money", "saving", "change")
"""Kinds of figures that may be shown in a larger unit."""
CENTS_BELOW = 1_000
"""A table whose largest money figure is less than this shows cents."""
MOST_RETURN = 10
"""A rate of return beyond this is not written out."""


def cents(rows: tuple[Row, ...]) -> bool:
    """Whether the money of a table is so little that it is shown with its cents."""
    sizes = [abs(value) for row in rows for value in row.values if row.kind in MONEY and isinstance(value, int | float)]
    return 0 < max(sizes, default=0) < CENTS_BELOW


def figure(value: float | str | None, kind: Kind, scale: int = 1, *, small: bool = False) -> str:
    """A figure as text: money whole, prices with cents, savings with their sign, shares in per cent.

    `scale` divides money that may be scaled; with `small`, unscaled money shows its cents.
    """
    if value is None:
        return NONE
    if isinstance(value, str):
        return value
    if kind in MONEY:
        return _number(value / scale, 2 if small and scale == 1 else DECIMALS[scale], signed=kind != "money")
    if kind == "whole":
        return _number(value, 2 if small else 0)
    if kind == "score":
        return f"{value:.3g}"
    if kind == "price":
        return _number(value, 2 if abs(value) >= 1 or value == 0 else 4)
    if kind == "return" and value > MOST_RETURN:
        return f"over {MOST_RETURN * 100:,} %"
    if kind == "chance":
        return f"{_number(value * 100, 1)} %"
    if kind in ("share", "return"):
        return f"{_number(value * 100, 1, signed=True)} %"
    return f"month {value:g}" if kind in ("month", "payback") else f"{_number(value, 1)} months"


def legible(value: float | str | None, kind: Kind, scale: int) -> bool:
    """Whether money in a unit still shows three significant digits, or is nothing."""
    if scale == 1 or kind not in MONEY or value is None or isinstance(value, str):
        return True
    return abs(value) < 0.5 or round(abs(value) / scale, DECIMALS[scale]) * 10 ** DECIMALS[scale] >= 100


def _number(value: float, digits: int, *, signed: bool = False) -> str:
    rounded = round(value, digits)
    if rounded == 0:
        return f"{0:.{digits}f}"
    text = f"{abs(rounded):,.{digits}f}"
    if rounded < 0:
        return f"−{text}"
    return f"+{text}" if signed else text
