"""Exit: what it costs to leave the provider, at the end or before."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.parts import Part


class Exit(Part):
    """What leaving the provider costs; it does not grow."""

    at_end: Annotated[Quantity, In("$", ge=0)] | None = None
    """Paid once, in the last month of the scenario."""
    early: Annotated[dict[str, Quantity], Each(In("$", ge=0))] | None = None
    """Termination charge by contract month, from month 1 on; an amount holds until the next."""
