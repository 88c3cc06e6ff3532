"""Parts of a charge: what bands, economies of scale and learning add to it or take off it.

They are worked out from the lines of the charge when they are asked for; no cost hangs on them.
"""

from __future__ import annotations

from bpocalc.about import Line
from bpocalc.model import banded, pricing, scale
from bpocalc.model.book import Book, LineFunction, line
from bpocalc.quantity import ONE, Quantity, ratio
from bpocalc.trace import walk

CHARGES = ".charges."


@line("$/month")
def of_bands(charge: Quantity, base: Quantity, more: Quantity, less: Quantity) -> Quantity:
    """Part of a charge that is for units above the contracted ones, or a credit for those below."""
    return charge * ratio(more - less, base, 0)


@line("$/month")
def of_scale(charge: Quantity, units: Quantity, counted: Quantity, economy: Quantity) -> Quantity:
    """Part of a charge that volume and learning add to the price, or take off it."""
    return charge - ratio(charge * units, counted * economy, 0)


def bands_in(address: str, book: Book) -> Quantity | None:
    """What bands add to the charge of an address; None for a charge without."""
    more, less, base = (_of(address, word, book) for word in (banded.resource_charge, banded.resource_credit, "base"))
    if more is None or less is None or base is None:
        return None
    return _put(of_bands, address, book, base, more, less)


def scale_in(address: str, book: Book) -> Quantity | None:
    """What volume and learning add to the charge of an address; None for a charge on which they have no effect."""
    economy, counted = (_of(address, word, book) for word in (scale.economy, scale.learned_units))
    if economy is None and counted is None:
        return None
    units = _units(address, book)
    return _put(
        of_scale, address, book, units, units if counted is None else counted, ONE if economy is None else economy
    )


def _units(address: str, book: Book) -> Quantity:
    """The units that the charge of an address is for, those of one of several demands included."""
    prefix, _, name = address.rpartition(CHARGES)
    mine = f"{prefix}.{pricing.units.name}"
    base = book.entries[f"{prefix}.base.{name}"].quantity
    return next(q for q in walk([base]) if isinstance(q.about, Line) and f"{q.about.name}.".startswith(f"{mine}."))


def _of(address: str, line: LineFunction[...] | str, book: Book) -> Quantity | None:
    """The line of that kind that belongs to the charge of an address."""
    word = line if isinstance(line, str) else line.name
    prefix, _, name = address.rpartition(CHARGES)
    entry = book.entries.get(f"{prefix}.{word}.{name}")
    return None if entry is None else entry.quantity


def _put(function: LineFunction[...], address: str, book: Book, *args: Quantity) -> Quantity:
    """A part of the charge of an address, put into the book once."""
    prefix, _, name = address.rpartition(CHARGES)
    known = _of(address, function, book)
    if known is not None:
        return known
    return book.lines(prefix).driver(function, book.entries[address].quantity, *args, of=name)
