"""Scale: discounts on what a provider earns in a contract year."""

from typing import Annotated, Literal

from pydantic import Field

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Part, Share


class DiscountTier(Part):
    """A discount from an amount of spend on."""

    above: Annotated[Quantity, In("$/year", ge=0)]
    """Spend of a contract year above which the discount holds."""
    rate: Share
    """Share of the spend that is given back."""


class VolumeDiscount(Part):
    """A discount on the provider's charges of a contract year, before discount."""

    by: Literal["slice", "whole"]
    """Whether each rate holds for its slice of spend, or one rate for all of it."""
    tiers: list[DiscountTier] = Field(min_length=1)
    """The tiers, from the lowest up."""


class Provider(Part):
    """A company that offers to do the work."""

    title: str = ""
    """What reports call it."""
    volume_discount: VolumeDiscount | None = None
    """Discount on the spend of a contract year."""
