"""Charges: every kind of them, told apart by its `kind`."""

from typing import Annotated

from pydantic import Field

from bpocalc.scenario.banded import Banded
from bpocalc.scenario.gain_share import GainShare
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

AnyCharge = Annotated[Priced | GainShare, Field(discriminator="kind")]
"""One charge, told apart by its `kind`."""

KINDS = (
    "per_fte", "per_hour", "blended", "per_unit", "per_minute", "outcome", "fixed", "banded", "tiered", "cost_plus",
    "gain_share",
)  # fmt: skip

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
