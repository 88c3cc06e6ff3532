"""Charges: every kind of them, told apart by its `kind`."""

from typing import Annotated

from bpocalc.scenario.banded import Banded
from bpocalc.scenario.gain_share import GainShare
from bpocalc.scenario.parts import Part, ToldBy
from bpocalc.scenario.pricing import (
    Blended,
    ByOutcome,
    CostPlus,
    Fixed,
    PerFte,
    PerHour,
    PerMinute,
    PerUnit,
    Tiered,
)

Priced = PerFte | PerHour | Blended | PerUnit | PerMinute | ByOutcome | Fixed | Banded | Tiered | CostPlus
"""A charge for work that is done."""

CHARGES: dict[str, type[Part]] = {
    "per_fte": PerFte,
    "per_hour": PerHour,
    "blended": Blended,
    "per_unit": PerUnit,
    "per_minute": PerMinute,
    "outcome": ByOutcome,
    "fixed": Fixed,
    "banded": Banded,
    "tiered": Tiered,
    "cost_plus": CostPlus,
    "gain_share": GainShare,
}
"""The charges by their `kind`."""

AnyCharge = Annotated[Priced | GainShare, ToldBy(lambda data: CHARGES[data["kind"]])]
"""One charge, told apart by its `kind`."""

SHORT_FORMS = {
    "fte_month": {"kind": "per_fte", "per": "month"},
    "fte_year": {"kind": "per_fte", "per": "year"},
    "hour": {"kind": "per_hour"},
    "minute": {"kind": "per_minute"},
    "unit": {"kind": "per_unit"},
    "month": {"kind": "fixed", "per": "month"},
    "year": {"kind": "fixed", "per": "year"},
}
"""What `price: …, per: …` on an option stands for."""
