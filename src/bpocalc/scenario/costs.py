"""The general cost line: one shape for overhead, facilities, one-off items, taxes, hidden-cost percentages."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral, written_as
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import Rate
from bpocalc.scenario.parts import Months, Part, Share

At = Literal["signature", "transition", "go_live", "ramped", "end"]


class Cost(Part):
    """An amount for each period, unit, head or once; or a rate of other lines. A negative amount is income."""

    title: str = ""
    """What reports call it."""
    amount: Annotated[Quantity, In("$", steps=True)] | None = None
    """Money for each `per`."""
    per: Literal["month", "year", "unit", "fte", "seat", "once"] | None = None
    """What the amount is paid for; for `fte` and `seat`: one head, each month."""
    for_demand: str | None = written_as("for", None)
    """Which of several demands it is for; needed where it is paid per unit."""
    rate: Annotated[Quantity, In("share", ge=-10, le=10, steps=True)] | None = None
    """Share of the lines named by `of`."""
    of: str | list[str] | None = None
    """What the rate is of: a line or team, a category, `run`, in an option `fees`, or a list; all before this one."""
    category: str | None = None
    """The heading under which reports add it up."""
    avoidable: Share | None = None
    """Share that goes when the work goes; must be stated for an in-house line that is not paid once."""
    removal: Months | None = None
    """Months after the work has gone until the line has gone."""
    growth: Rate | None = None
    """Growth at each contract anniversary, in place of inflation."""
    from_month: Annotated[Quantity, In("month", ge=1)] | None = written_as("from", None)
    """First month in which it is paid."""
    until: Annotated[Quantity, In("month", ge=0)] | None = None
    """Last month in which it is paid."""
    month: Annotated[Quantity, In("month", ge=1)] | None = None
    """Month in which it is paid once."""
    date: str | None = None
    """Calendar month in which it is paid once, as 2027-06."""
    at: At | None = None
    """Event at which it is paid once: signature (start of month 1), transition, go_live, ramped, end."""
    after: Months = neutral(0)
    """Months after that event."""
    spread: bool = False
    """Paid in equal parts over the months of the transition."""
    paid: Literal["monthly", "start", "end"] = "monthly"
    """When a yearly amount is paid: in twelfths, at the start or at the end of the contract year."""
    soft: bool = False
    """Shown beside the money and not in totals unless asked."""

    @property
    def is_once(self) -> bool:
        """Whether it is paid once."""
        anchored = self.month is not None or self.date is not None or self.at is not None or self.spread
        return self.per == "once" or (self.per is None and anchored)
