"""Small cases: one function, `work`, under a plain header; its lines by address."""

from collections.abc import Callable, Mapping
from textwrap import dedent, indent
from typing import Any

import pytest

from bpocalc.model.book import Entry
from bpocalc.model.run import Run, run
from bpocalc.scenario.loading import load_text

HEADER = """\
title: A case by hand
currency: {currency}
start: {start}
months: {months}
discount_rate: 0%
inflation: {inflation}
"""

Figures = Mapping[str, tuple[float, ...]]


def run_case(
    function: str,
    months: int = 3,
    inflation: str = "0%",
    start: str = "2027-01",
    currency: str = "USD",
    top: str = "",
) -> Run:
    header = HEADER.format(currency=currency, start=start, months=months, inflation=inflation)
    text = f"{header}{dedent(top)}\nfunctions:\n  work:\n{indent(dedent(function), '    ')}"
    return run(load_text(text.encode(), "case.yaml"))


def entries_of(function: str, **about: Any) -> Mapping[str, Entry]:
    return run_case(function, **about).book.entries


def figures_of(function: str, **about: Any) -> Figures:
    found = {name: entry.quantity.value for name, entry in entries_of(function, **about).items()}
    return {name: value if isinstance(value, tuple) else (value,) for name, value in found.items()}


@pytest.fixture
def case() -> Callable[..., Run]:
    """The run of a function."""
    return run_case


@pytest.fixture
def entries() -> Callable[..., Mapping[str, Entry]]:
    """The entries of its book by address."""
    return entries_of


@pytest.fixture
def book() -> Callable[..., Figures]:
    """The months of its lines by address."""
    return figures_of
