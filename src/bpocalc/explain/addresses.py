"""Addresses: everything in a comparison that can be explained, in the order in which it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal, NamedTuple

from bpocalc.arbitrage import complete
from bpocalc.comparison import Comparison, Group, Result
from bpocalc.explain.spans import Span, every_month, month
from bpocalc.model.book import Book, Entry
from bpocalc.notation import named_in
from bpocalc.quantity import Quantity, describe, total
from bpocalc.scenario.results import RESULTS

Kind = Literal["result", "line", "input"]
MOST_ADDRESSES = 5000
"""So many addresses are compared with a wrong one at most."""
ALIKE = 0.8
"""How much of two addresses must be alike for one to be meant by the other."""
PER_MONTH = "/month"


class Item(NamedTuple):
    """Something that can be asked for."""

    address: str
    quantity: Quantity
    label: str
    kind: Kind


class Section(NamedTuple):
    """What belongs together: an option, a function, what all have in common, the inputs."""

    title: str
    items: tuple[Item, ...]


def is_flow(unit: str) -> bool:
    """Whether a unit is an amount of one month, so that months may be added up: 'USD/month', not 'USD/FTE/month'."""
    return unit.endswith(PER_MONTH) and unit.count("/") == 1


def span_of(q: Quantity, asked: int | None = None) -> Span | None:
    """The span in which something is explained: the month asked for, else all months of a flow, else the last one."""
    if not q.is_row:
        return None
    if asked is not None:
        return month(asked)
    assert q.about is not None
    return every_month(q) if is_flow(q.about.unit) else month(len(q.row))


def find(comparison: Comparison, address: str) -> Quantity | None:
    """The line, input or result of an address; None where there is none."""
    _put_bridge(comparison, address)
    entry = comparison.run.book.entries.get(address)
    found = entry.quantity if entry else comparison.run.loaded.inputs.get(address)
    return _result(comparison, address) if found is None else found


def _result(comparison: Comparison, address: str) -> Quantity | None:
    """The result `function.option.name`, for the names under which the book has another address."""
    function, _, rest = address.partition(".")
    option, _, name = rest.partition(".")
    group = comparison.total if function == "total" else comparison.functions.get(function)
    found = group.results.get(option) if group else None
    return found.metrics.get(name) if found and name in RESULTS else None


class NoMetric(Exception):
    """There is no one figure by that name; carries why, and a hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def metric(comparison: Comparison, address: str) -> Quantity:
    """The figure of an address: a result, an input, a flow added up over all months; NoMetric where there is none."""
    found = find(comparison, address)
    if found is None:
        hint = meant(comparison, address) or f"results: {', '.join(RESULTS)}"
        raise NoMetric(f"there is no '{address}'", hint)
    if found.is_row and not is_flow(unit_of(found)):
        hint = f"write highest({address}) or lowest({address})"
        raise NoMetric(f"{address} has a figure for each month", hint)
    return total(found) if found.is_row else found


def unit_of(q: Quantity) -> str:
    """The unit of a line, of an input, or of what a row without a name comes to."""
    if q.about:
        return q.about.unit
    unit = unit_of(q.args[0])
    return unit.removesuffix(PER_MONTH) if q.word == "total" and is_flow(unit) else unit


def meant(comparison: Comparison, address: str) -> str:
    """A hint with the addresses that were most likely meant by a wrong one; empty where none is near."""
    known = [item.address for section in sections(comparison) for item in section.items]
    *others, last = [f"'{name}'" for name in nearest(address, known)] or [""]
    if not last:
        return ""
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"


def _put_bridge(comparison: Comparison, address: str) -> None:
    """Put the steps of the bridges into the book where one is asked for; nothing else needs them."""
    if any(part.startswith("bridge") for part in address.split(".")):
        complete(comparison.bridges)


def label_of(entry: Entry) -> str:
    """What a line is: its title, and what all lines like it are."""
    label = getattr(entry.quantity.about, "label", "")
    return label if entry.title == label else f"{entry.title}: {label}"


def used_by(comparison: Comparison, q: Quantity) -> list[str]:
    """The addresses of the lines whose formula points at a quantity."""
    book = comparison.run.book
    return _users(book, len(book.entries)).get(id(q), [])


@lru_cache(maxsize=1)
def _users(book: Book, many: int) -> dict[int, list[str]]:
    """The addresses of the lines that point at each quantity, for as many lines as there are in the book so far."""
    found: dict[int, list[str]] = {}
    for address, entry in book.entries.items():
        for named in named_in(entry.quantity):
            found.setdefault(id(named), []).append(address)
    return found


def sections(comparison: Comparison, under: str = "") -> list[Section]:
    """All that can be asked for, or what lies below an address: each option, what they share, then the inputs."""
    begins = f"{under}." if under else ""
    _put_bridge(comparison, under)
    made = (
        Section(title, tuple(item for item in items if item.address.startswith(begins)))
        for title, items in _all(comparison)
    )
    return [section for section in made if section.items]


def _all(comparison: Comparison) -> Iterator[tuple[str, list[Item]]]:
    entries, waiting = comparison.run.book.entries, _by_beginning(comparison)
    for group in [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]:
        for result in group.results.values():
            yield _title(group, result), _of_result(result, waiting.pop(result.address, []), entries)
        mine = [beginning for beginning in waiting if beginning.partition(".")[0] == group.key]
        yield group.title, _lines([address for beginning in mine for address in waiting.pop(beginning)], entries)
    yield "all functions", _lines([address for rest in waiting.values() for address in rest], entries)
    inputs = comparison.run.loaded.inputs
    yield "inputs", [Item(address, q, "", "input") for address, q in inputs.items() if address not in entries]


def _by_beginning(comparison: Comparison) -> dict[str, list[str]]:
    """The addresses of all lines by their first two parts."""
    found: dict[str, list[str]] = {}
    for address in comparison.run.book.entries:
        found.setdefault(".".join(address.split(".", 2)[:2]), []).append(address)
    return found


def _title(group: Group, result: Result) -> str:
    return f"{group.title} · {result.title}"


def _of_result(result: Result, addresses: list[str], entries: dict[str, Entry]) -> list[Item]:
    """The results of an option, then its other lines."""
    metrics = result.metrics
    shown = [describe(metrics[name]) for name in RESULTS if name in metrics]
    results = [Item(address, entries[address].quantity, label_of(entries[address]), "result") for address in shown]
    return results + _lines([address for address in addresses if address not in shown], entries)


def _lines(addresses: Iterable[str], entries: dict[str, Entry]) -> list[Item]:
    return [Item(address, entries[address].quantity, label_of(entries[address]), "line") for address in addresses]


def nearest(address: str, known: list[str]) -> list[str]:
    """Up to three known addresses that were most likely meant: those that end with it, then those that look alike.

    What is short is compared with as long an end of each.
    """
    ends = sorted((name for name in known if name.endswith(f".{address}")), key=lambda name: name.count("."))
    parts = address.count(".") + 1
    tails = {".".join(name.split(".")[-parts:]): name for name in reversed(known[:MOST_ADDRESSES])}
    alike = get_close_matches(address, known[:MOST_ADDRESSES], 3, ALIKE)
    alike += [tails[tail] for tail in get_close_matches(address, tails, 3, ALIKE)]
    return list(dict.fromkeys([*ends, *alike]))[:3]
