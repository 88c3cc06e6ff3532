"""Bands: a charge for a contracted volume, more for each unit above it and less for each unit below (ARC and RRC)."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Part
from bpocalc.scenario.pricing import Charge, Price

Distance = Annotated[Quantity, In("share", ge=0, le=10)]


class Band(Part):
    """Other prices from a distance to the contracted volume on."""

    beyond: Distance
    """Distance to the contracted volume, as a share of it, from which they hold."""
    arc: Price | None = None
    """Price of each further unit above; without it that of the band before goes on."""
    rrc: Price | None = None
    """Credit for each further unit below; without it that of the band before goes on."""


class Banded(Charge):
    """A charge for a contracted volume, with a price for each unit more and a credit for each unit less."""

    kind: Literal["banded"]
    baseline: Annotated[Quantity, In("units/month", ge=0, steps=True)]
    """Contracted units of a month, all of them for this leg; they grow with the ramp."""
    amount: Annotated[Quantity, In("$/month", ge=0, steps=True)]
    """Charge of a month for the contracted units; it grows with the ramp."""
    arc: Price
    """Price of each unit above: the additional resource charge."""
    rrc: Price
    """Credit for each unit below: the reduced resource credit."""
    deadband: Distance = neutral(0)
    """Distance to the contracted volume, as a share of it, within which nothing changes."""
    excess_over: Literal["edge", "baseline"]
    """From where units are counted once they are beyond the deadband: from its edge, or from the contracted volume."""
    bands: list[Band] = []
    """Other prices further out, band by band."""
