"""The book of lines: every line of a run under its address, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, ParamSpec, TypedDict, Unpack

from bpocalc.quantity import Line, Quantity, named, named_figure
from bpocalc.timeline import Clock, Instant

P = ParamSpec("P")


class LineFunction(Generic[P]):
    """A model function with the unit of its line, its category and its label, the first line of its docstring."""

    def __init__(self, function: Callable[P, Quantity], unit: str, category: str) -> None:
        self.function = function
        self.unit = unit
        self.category = category
        self.name = function.__name__
        self.__doc__ = function.__doc__
        self.label = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Quantity:
        return self.function(*args, **kwargs)


def line(unit: str, category: str = "") -> Callable[[Callable[P, Quantity]], LineFunction[P]]:
    """Mark a function as one that computes a line, in that unit and under that category."""
    return lambda function: LineFunction(function, unit, category)


class Entry(NamedTuple):
    """One line of the book."""

    quantity: Quantity
    title: str
    kind: str = "driver"
    """cost, driver or figure."""
    category: str = ""
    once: bool = False
    soft: bool = False
    instant: Instant | None = None
    """The instant of its month at which it is paid; None for the scenario's own timing."""


class About(TypedDict, total=False):
    """What is said of a cost line beside its formula."""

    title: str
    category: str
    once: bool
    soft: bool
    instant: Instant | None


class Book:
    """All lines of a run by address. An address is given once, and one quantity gets one address."""

    def __init__(self, clock: Clock, currency: str) -> None:
        self.clock = clock
        self.currency = currency
        self.entries: dict[str, Entry] = {}
        for row in clock.rows:
            self._keep(row, Entry(row, row.about.label if isinstance(row.about, Line) else ""))

    def _keep(self, quantity: Quantity, entry: Entry) -> None:
        assert isinstance(quantity.about, Line)
        address = quantity.about.name
        if address in self.entries:
            raise ValueError(f"the address {address} is given twice")
        self.entries[address] = entry

    def add(self, address: str, quantity: Quantity, unit: str, label: str, **about: Any) -> Quantity:
        """Put a quantity into the book under an address; the named line is what others must use."""
        made = Line(address, unit.replace("$", self.currency), label)
        is_figure = about.get("kind") == "figure"
        q = named_figure(quantity, made) if is_figure else named(quantity, made, self.clock.month)
        self._keep(q, Entry(q, **about))
        return q

    def adopt(self, quantity: Quantity) -> None:
        """Take in a line that was named on loading, an exchange rate; an input is no line."""
        if isinstance(quantity.about, Line):
            self._keep(quantity, Entry(quantity, quantity.about.label, "figure"))

    def lines(self, prefix: str) -> Lines:
        """A view of the book under a prefix."""
        return Lines(self, prefix)


class Lines:
    """A view of the book: what is put into it gets the prefix, the function's name and what it is `of`."""

    def __init__(self, book: Book, prefix: str, root: Lines | None = None) -> None:
        self.book = book
        self.prefix = prefix
        self.root = root or self
        self.costs: dict[str, Entry] = root.costs if root else {}
        """The cost lines put in through this view and those below it, by their address below its prefix, in order."""

    @property
    def clock(self) -> Clock:
        """The clock of the book."""
        return self.book.clock

    def within(self, name: str) -> Lines:
        """A view below this one; its cost lines are this one's as well."""
        return Lines(self.book, f"{self.prefix}.{name}" if name else self.prefix, self.root)

    def _add(
        self, function: LineFunction[...], args: tuple[Any, ...], name: str, of: str, about: dict[str, Any]
    ) -> Quantity:
        below = ".".join(part for part in (name or function.name, of) if part)
        about["title"] = about.get("title") or function.label
        made = self.book.add(f"{self.prefix}.{below}", function(*args), function.unit, function.label, **about)
        if about["kind"] == "cost":
            address = f"{self.prefix}.{below}"
            self.costs[address[len(self.root.prefix) + 1 :]] = self.book.entries[address]
        return made

    def driver(
        self, function: LineFunction[...], *args: Any, of: str = "", name: str = "", title: str = ""
    ) -> Quantity:
        """Put a row into the book that is no cost of its own."""
        return self._add(function, args, name, of, {"kind": "driver", "title": title})

    def figure(
        self, function: LineFunction[...], *args: Any, of: str = "", name: str = "", title: str = ""
    ) -> Quantity:
        """Put one number into the book."""
        return self._add(function, args, name, of, {"kind": "figure", "title": title})

    def cost(
        self, function: LineFunction[...], *args: Any, of: str = "", name: str = "", **about: Unpack[About]
    ) -> Quantity:
        """Put a cost line into the book; `about` may say title, category, once, soft and instant."""
        category = about.get("category") or function.category
        return self._add(function, args, name, of, {**about, "kind": "cost", "category": category})

    def named(self, word: str) -> list[Quantity]:
        """The cost lines that a word of `of` names: a part of their address, a category, or all run lines."""
        return [
            entry.quantity
            for name, entry in self.costs.items()
            if word == entry.category or word in name.split(".") or (word == "run" and not entry.once)
        ]
