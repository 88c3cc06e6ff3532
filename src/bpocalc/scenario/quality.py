"""Quality: how often work goes wrong, what that costs, and what it costs to watch it."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import written_as
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Part, Share


class Monitoring(Part):
    """Work that is looked at by people of the company."""

    sampled: Share
    """Share of the units that are looked at."""
    time: Annotated[Quantity, In("hours", gt=0)]
    """Time for one of them."""
    hourly: Annotated[Quantity, In("$/hour", ge=0)]
    """What an hour of those who do it costs."""


class Quality(Part):
    """Errors and their cost, in-house or at a provider; a leg that says less has the rest from the in-house side."""

    error_rate: Share
    """Share of the units that go wrong."""
    cost_per_error: Annotated[Quantity, In("$/error", ge=0)]
    """What one of them costs: rework, compensation, lost business."""
    for_demand: str | None = written_as("for", None)
    """Which of several demands it is for; needed where there are several."""
    growth: Annotated[Quantity, In("per year", gt=-1, le=1)] | None = None
    """Growth of the cost a year; inflation where nothing is said."""
    monitoring: Monitoring | None = None
    """What it costs to watch the quality."""
