"""The book of lines: every line of a run under its address, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, ParamSpec, TypedDict, Unpack

from bpocalc.about import Line
from bpocalc.quantity import Quantity, named, named_figure
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
        self._units: dict[str, str] = {}
        for line in (*clock.rows, clock.last):
            self.adopt(line)

    def put(
        self, address: str, quantity: Quantity, function: LineFunction[...], title: str, kind: str, *about: Any
    ) -> Quantity:
        """Put a quantity into the book as the line of a function; the line, not the quantity, is what others use.

        `about` are the other fields of its entry. Raises ValueError for an address that is taken.
        """
        if address in self.entries:
            raise ValueError(f"the address {address} is given twice")
        unit = self._units.get(function.unit)
        if unit is None:
            unit = self._units[function.unit] = function.unit.replace("$", self.currency)
        line = Line(address, unit, function.label)
        made = named_figure(quantity, line) if kind == "figure" else named(quantity, line, self.clock.month)
        self.entries[address] = Entry(made, title or function.label, kind, *about)
        return made

    def adopt(self, line: Quantity) -> None:
        """Take in a line that got its name elsewhere: a row of the clock, an exchange rate; an input is no line."""
        if isinstance(line.about, Line):
            kind = "driver" if line.is_row else "figure"
            self.entries[line.about.name] = Entry(line, line.about.label, kind)

    def lines(self, prefix: str) -> Lines:
        """A view of the book under a prefix."""
        return Lines(self, prefix)


class Lines:
    """A view of the book: what is put into it gets the prefix, the function's name and what it is `of`."""

    def __init__(self, book: Book, prefix: str, above: Lines | None = None) -> None:
        self.book = book
        self.clock = book.clock
        self.prefix = prefix
        self.top: str = above.top if above else prefix
        """The prefix of the view at the top, which may be this one."""
        self.costs: dict[str, Entry] = above.costs if above else {}
        """The cost lines put in through that view and those below it, by their address below its prefix, in order."""

    def within(self, name: str) -> Lines:
        """A view below this one; its cost lines are this one's as well."""
        return Lines(self.book, f"{self.prefix}.{name}" if name else self.prefix, self)

    def _address(self, function: LineFunction[...], name: str, of: str) -> str:
        word = name or function.name
        return f"{self.prefix}.{word}.{of}" if of else f"{self.prefix}.{word}"

    def driver(
        self, function: LineFunction[...], *args: Any, of: str = "", name: str = "", title: str = ""
    ) -> Quantity:
        """Put a row into the book that is no cost of its own."""
        address = self._address(function, name, of)
        return self.book.put(address, function.function(*args), function, title, "driver")

    def figure(
        self, function: LineFunction[...], *args: Any, of: str = "", name: str = "", title: str = ""
    ) -> Quantity:
        """Put one number into the book."""
        address = self._address(function, name, of)
        return self.book.put(address, function.function(*args), function, title, "figure")

    def cost(
        self, function: LineFunction[...], *args: Any, of: str = "", name: str = "", **about: Unpack[About]
    ) -> Quantity:
        """Put a cost line into the book; `about` may say title, category, once, soft and instant."""
        address = self._address(function, name, of)
        made = self.book.put(
            address,
            function.function(*args),
            function,
            about.get("title", ""),
            "cost",
            about.get("category") or function.category,
            about.get("once", False),
            about.get("soft", False),
            about.get("instant"),
        )
        self.costs[address[len(self.top) + 1 :]] = self.book.entries[address]
        return made

    def named(self, word: str) -> list[Quantity]:
        """The cost lines that a word of `of` names: a part of their address, a category, or all run lines."""
        return [
            entry.quantity
            for name, entry in self.costs.items()
            if word == entry.category or word in name.split(".") or (word == "run" and not entry.once)
        ]
