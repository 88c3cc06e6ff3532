"""Focus: what the managers of a function could do with their time if it were run by somebody else."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import Rate
from bpocalc.scenario.parts import Part, Share


class Focus(Part):
    """Management time that is freed as the work leaves: a soft benefit, in no total unless asked."""

    management_hours: Annotated[Quantity, In("hours/month", ge=0)]
    """Hours a month that managers outside the teams spend on the function."""
    value_per_hour: Annotated[Quantity, In("$/hour", ge=0)]
    """What an hour of theirs is worth elsewhere."""
    realised: Share
    """Share of the freed hours that is put to such use."""
    growth: Rate | None = None
    """Growth of the value at each contract anniversary, in place of inflation."""
