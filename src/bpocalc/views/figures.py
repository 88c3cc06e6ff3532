"""How a figure is written: the only place where a number becomes text."""

from __future__ import annotations

from bpocalc.tables import Kind

NONE = "–"


def figure(value: float | str | None, kind: Kind, scale: int = 1, month: str = "month ") -> str:
    """A figure as text: money whole, prices with cents, savings with their sign, shares in per cent.

    `scale` divides money; what is scaled shows three decimals, so that no figure gets shorter than a thousandth.
    """
    if value is None:
        return NONE
    if isinstance(value, str):
        return value
    if kind in ("money", "saving"):
        scaled = value / scale
        digits = 0 if scale == 1 else 1 if scale == 1_000 else 3
        return _number(scaled, digits, signed=kind == "saving")
    if kind == "price":
        return _number(value, 2 if abs(value) >= 1 or value == 0 else 4)
    if kind == "share":
        return f"{_number(value * 100, 1, signed=True)} %"
    if kind == "month":
        return f"{month}{value:g}"
    if kind == "months":
        return f"{_number(value, 1)} months"
    return _number(value, 2)


def _number(value: float, digits: int, *, signed: bool = False) -> str:
    rounded = round(value, digits)
    if rounded == 0:
        return f"{0:.{digits}f}"
    text = f"{abs(rounded):,.{digits}f}"
    if rounded < 0:
        return f"−{text}"
    return f"+{text}" if signed else text
