"""Contract: how long it runs, and what happens when it ends."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Months, Part


class Contract(Part):
    """The term of the contract with the provider; without it, it runs to the end of the scenario and beyond."""

    start: Annotated[Quantity, In("month", ge=1)] | None = None
    """Its first month, from which the years of its prices count; month 1 where nothing is said."""
    months: Annotated[Quantity, In("months", gt=0)] | None = None
    """How long it runs."""
    then: Literal["renew", "in_house"] | None = None
    """What comes then: it is renewed, once and for good, or the work comes back in-house."""
    renewal: Annotated[Quantity, In("share", gt=-1, le=10)] = neutral(0)
    """Rise of the prices when it is renewed."""
    rebuild: Months = neutral(0)
    """Months before its end from which the people for all the work are in-house again."""
