"""Automation: work that a provider's software takes over, and who has the gain."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral, written_as
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import Rate
from bpocalc.scenario.parts import Money, Months, Part, Share


class Automation(Part):
    """Automation of the work at a provider: what it takes off the charges, and what it costs the buyer.

    A fixed fee and a minimum stay as they are; every other charge of the leg falls.
    """

    share: Share
    """Share of the work that software does in the end."""
    client_share: Share
    """Part of what that saves the provider by which its charges fall."""
    start: Annotated[Quantity, In("month", ge=1)] = neutral(1)
    """Month in which building begins, and is paid."""
    months: Months = neutral(0)
    """Months that building takes."""
    ramp: Months = neutral(0)
    """Months from then until the share is reached; 0 and 1 both mean at once."""
    build: Money = neutral(0)
    """What building costs the buyer, once."""
    licence: Annotated[Quantity, In("$/month", ge=0)] = neutral(0)
    """What the buyer pays a month once it is built, while the leg has any of the work."""
    run: Annotated[Quantity, In("$/unit", ge=0)] = neutral(0)
    """What the buyer pays for each unit that software handles."""
    for_demand: str | None = written_as("for", None)
    """Which of several demands it is for, all of them if none is named; needed where there is a `run`."""
    growth: Rate | None = None
    """Growth of licence and run at each contract anniversary, in place of inflation."""
