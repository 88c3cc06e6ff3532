"""Transition: when the work moves, how fast, and what the move costs."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.declared import neutral
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import Severance
from bpocalc.scenario.parts import Months, Part


class Transition(Part):
    """The way from today to the option; the work goes live in the month after the transition."""

    start: Annotated[Quantity, In("month", ge=1)] = neutral(1)
    """Month in which the transition starts."""
    months: Months = neutral(0)
    """Months of the transition, before go-live."""
    ramp: Months = neutral(0)
    """Months from go-live to full volume; 0 and 1 both mean full from go-live."""
    parallel: Months = neutral(0)
    """Months in which people in-house still do what the provider already does."""
    costs: dict[str, Cost] = {}
    """One-off items: paid once at the start of the transition unless they say otherwise."""
    severance: Severance | None = None
    """What people who are dismissed are paid."""
