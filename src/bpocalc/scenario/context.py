"""What validation knows beside the document, and what it has found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from math import nan
from typing import Any

from bpocalc.about import Place
from bpocalc.document import Origin
from bpocalc.locations import Card
from bpocalc.problems import Problem
from bpocalc.quantity import Quantity
from bpocalc.timeline import Clock

UNREAD = Quantity(nan)
"""Stands in for a figure that is missing or not understood: no comparison with it finds anything wrong."""

MOST_PROBLEMS = 500
"""Problems found at most: finding out what was meant takes time, and nobody reads more."""


class Enough(Exception):
    """There are so many problems that no more are looked for."""


@dataclass
class Loading:
    """What validation knows beside the document: the clock, currencies, and every input met so far by its address."""

    clock: Clock
    currency: str
    rate: Callable[[str, Origin], Quantity | None]
    """The exchange rate of a currency in the reporting currency; None once it has noted a problem."""
    dated: bool = False
    """Whether the scenario says when it starts, understood or not."""
    counted: bool = True
    """Whether it is understood how many months the scenario has."""
    locations: Mapping[str, Any] = field(default_factory=dict)
    """What the scenario says of locations, as it is written."""
    card: Card = field(default_factory=dict)
    """What rate cards say."""
    case: str = ""
    """The case that was chosen."""
    set_by_case: Set[Place] = frozenset()
    """Where the figures stand that this case sets."""
    problems: list[Problem] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)
    """What has been noted as missing."""
    inputs: dict[str, Quantity] = field(default_factory=dict)
    taken: dict[str, Place] = field(default_factory=dict)
    """Where the scenario asked for each figure of the reference data, by address."""
    loaded: dict[str, Quantity] = field(default_factory=dict)
    """What each address was loaded as: the input, its worth in the reporting currency, or its yearly steps."""

    def note(
        self,
        code: str,
        message: str,
        origin: Origin,
        hint: str = "",
        *,
        key: bool = False,
        severity: str = "error",
        lack: str = "",
    ) -> None:
        """Add a problem at a value, or at its key; what `lack` names is missing, which is said only once."""
        if severity == "error" and len(self.problems) >= MOST_PROBLEMS:
            raise Enough
        if lack in self.lacking:
            return
        if lack:
            self.lacking.add(lack)
        self.problems.append(Problem(code, message, origin.key if key else origin.value, hint, severity))
