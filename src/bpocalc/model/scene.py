"""The scene of an outsourced option: what the topics that go with it are worked out from."""

from __future__ import annotations

from typing import NamedTuple

from bpocalc.model.book import Lines
from bpocalc.model.charges import Charged
from bpocalc.model.contract import Term
from bpocalc.model.side import Setting, State
from bpocalc.model.transition import Moved
from bpocalc.quantity import Quantity
from bpocalc.scenario.option import InHouse, Outsourced


class Scene(NamedTuple):
    """An outsourced option whose work, people and charges are known."""

    option: Outsourced
    side: InHouse
    """The in-house side as it is today."""
    full: State
    """Its lines for all the work."""
    moved: Moved
    """How the work moves to each leg."""
    away: Quantity
    """Share of the work that has moved."""
    people_moved: Quantity
    """Full-time equivalents whose work has moved."""
    charged: Charged
    """What the providers charge."""
    term: Term
    """How long the contract runs."""
    setting: Setting
    lines: Lines
    """The option's own view of the book."""
