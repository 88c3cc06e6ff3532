"""Labor: the teams that do the work, what they earn and how people come and go."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral, written_as
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.parts import Months, Part, Share

Rate = Annotated[Quantity, In("per year", gt=-1, le=1, steps=True)]


class BurdenPart(Part):
    """One employer charge: a rate on the part of yearly pay between two bounds."""

    rate: Annotated[Quantity, In("share", ge=0, le=3)]
    """Share of the pay between the bounds."""
    above: Annotated[Quantity, In("$/year", ge=0)] | None = None
    """Nothing is charged on the yearly pay below this."""
    up_to: Annotated[Quantity, In("$/year", ge=0)] | None = None
    """Nothing is charged on the yearly pay above this."""
    if_pay_above: Annotated[Quantity, In("$/year", ge=0)] | None = None
    """Due only from those whose yearly pay is above this."""
    if_pay_up_to: Annotated[Quantity, In("$/year", ge=0)] | None = None
    """Due only from those whose yearly pay is at most this."""


class Onboarding(Part):
    """Capacity that a joiner lacks until proficient, and that is bought on top."""

    months: Months
    """Months until a joiner is proficient."""
    productivity: Share
    """Average productivity while learning."""


class Erlang(Part):
    """Staffing of a queue by Erlang C: the fewest agents in each interval of the day that answer in time."""

    answer_within: Annotated[Quantity, In("hours", ge=0)]
    """Time within which a call should be answered, with its unit: `20 s`."""
    target: Annotated[Quantity, In("share", gt=0, le=0.999)]
    """Share of the calls that should be answered within that time."""
    occupancy_cap: Annotated[Quantity, In("share", gt=0, le=1)] = neutral(1)
    """Largest share of their time at work that agents handle calls."""
    interval: Annotated[Quantity, In("hours", gt=0, le=24)]
    """Length of an interval, with its unit: `30 min`."""
    pattern: Annotated[tuple[Quantity, ...], Each(In("share", ge=0, le=1), any_length=True)]
    """Share of a day's volume in each interval; the shares add up to 100 %."""
    days_per_month: Annotated[Quantity, In("days", gt=0, le=31)]
    """Days a month on which calls come."""


class Overtime(Part):
    """Overtime in the months that need more people than the team has."""

    premium: Annotated[Quantity, In("share", ge=0, le=5)]
    """What overtime costs above ordinary pay, as a share of it; burden is not paid on it."""


class Severance(Part):
    """What is paid to people who are dismissed."""

    weeks: Annotated[Quantity, In("weeks", ge=0, le=520)] | None = None
    """Weeks of pay, without burden, for each person dismissed."""
    share_of_pay: Annotated[Quantity, In("share", ge=0, le=10)] | None = None
    """Share of a year's pay for each person dismissed, in place of weeks."""
    notice: Months = neutral(0)
    """Months of pay during notice in which no work is done."""
    transferred: Annotated[Quantity, In("people", ge=0)] = neutral(0)
    """People who go over to the provider; the first to leave."""
    redeployed: Annotated[Quantity, In("people", ge=0)] = neutral(0)
    """People who find other work in the company; the first to leave."""


class Team(Part):
    """People of one role: how many there are, what they earn, how they come and go."""

    title: str = ""
    """What reports call it."""
    role: str | None = None
    """A role of the reference data: pay, burden and wage growth follow from it and the location."""

    fte: Annotated[Quantity, In("FTE", ge=0, steps=True)] | None = None
    """A fixed number of full-time equivalents for all the work."""
    handling_time: Annotated[Quantity, In("hours", gt=0, le=10_000)] | None = None
    """Time to handle one unit of work, with its unit: `8.5 min`."""
    erlang: Erlang | None = None
    """Beside the handling time: people for a queue that answers in time, in place of an occupancy."""
    units_per_hour: Annotated[Quantity, In("units/hour", gt=0)] | None = None
    """Units that one person handles in an hour at work."""
    units_per_fte: Annotated[Quantity, In("units/month", gt=0)] | None = None
    """Units that one full-time equivalent handles in a month."""
    one_per: Annotated[dict[str, Quantity], Each(In("FTE", gt=0))] | None = None
    """Span of control: one for every so many of other teams."""

    for_demand: str | None = written_as("for", None)
    """Which of several demands it is for; needed where the volume says how many people there are."""

    paid_hours: Annotated[Quantity, In("hours/year", gt=0, le=8784)] | None = None
    """Paid hours of a full-time equivalent a year, leave included; else those of the side."""
    shrinkage: Annotated[Quantity, In("share", ge=0, le=0.95)] = neutral(0)
    """Share of paid hours that is not at work: leave, sickness, training, breaks."""
    occupancy: Annotated[Quantity, In("share", gt=0, le=1)] = neutral(1)
    """Share of the hours at work that goes into handling."""
    productivity: Annotated[Quantity, In("factor", gt=0, le=100)] = neutral(1)
    """Output of an hour, against the handling time as stated."""
    staffing: Literal["follow", "average", "peak"] | None = None
    """Whether headcount follows each month's volume, the contract year's mean or its peak."""
    overtime: Overtime | None = None
    """Overtime where a month needs more than the team staffed for an average has; without it that costs nothing."""
    minimum: Annotated[Quantity, In("FTE", ge=0)] | None = None
    """Fewest full-time equivalents while any of the work is here."""
    whole: bool = False
    """Round up to whole people."""

    salary: Annotated[Quantity, In("$/year", ge=0, steps=True)] | None = None
    """Gross pay of a full-time equivalent a year."""
    wage: Annotated[Quantity, In("$/hour", ge=0, steps=True)] | None = None
    """Gross pay for a paid hour."""
    uprating: Annotated[Quantity, In("factor", gt=0, le=100)] | None = None
    """Factor by which pay of an earlier time is carried to the scenario's start; a step of its own in `explain`."""
    wage_growth: Rate = neutral(0)
    """Growth of pay at each contract anniversary."""
    burden: Annotated[Quantity, In("share", ge=0, le=3)] = neutral(0)
    """Employer charges and benefits, as a share of pay."""
    burden_parts: dict[str, BurdenPart] | None = None
    """Employer charges one by one, each with its bounds; written as a map under `burden`."""
    premium: Annotated[Quantity, In("share", ge=0, le=5)] | None = None
    """Shift and language premiums, as a share of pay."""
    bonus: Annotated[Quantity, In("$/year", ge=0)] | None = None
    """Bonus of a full-time equivalent a year, in money of year 1; it grows with wages."""

    attrition: Annotated[Quantity, In("per year", ge=0, le=3)] = neutral(0)
    """Share of the team that leaves in a year."""
    cost_per_hire: Annotated[Quantity, In("$/person", ge=0)] = neutral(0)
    """Recruiting and training of one joiner."""
    onboarding: Onboarding | None = None
    """Capacity lost while joiners learn."""
    avoidable: Share = neutral(1)
    """Share of the team that goes when the work goes."""
    removal: Months | None = None
    """Months after the work has gone until the team has gone."""

    @property
    def follows_volume(self) -> bool:
        """Whether the volume says how many people there are."""
        return self.handling_time is not None or self.units_per_hour is not None or self.units_per_fte is not None

    @property
    def is_level(self) -> bool:
        """Whether it is staffed for another volume than that of each month."""
        return self.follows_volume and self.staffing in ("average", "peak")


class AddedTeam(Team):
    """A team that an option adds: retained people, governance, the provider's own."""

    from_month: Annotated[Quantity, In("month", ge=1)] | None = written_as("from", None)
    """First month of the team; month 1 where nothing is said."""
    filled_from: str | None = None
    """In-house team from which it is filled, without hiring or severance, by people who become free that month."""


class Terms(Part):
    """What holds for all teams of a side unless a team says otherwise."""

    location: str | None = None
    """Where the people work: a key of the reference data or of `locations`."""
    paid_hours: Annotated[Quantity, In("hours/year", gt=0, le=8784)] | None = None
    """Paid hours of a full-time equivalent a year, leave included."""
    burden: Annotated[Quantity, In("share", ge=0, le=3)] | None = None
    """Employer charges and benefits, as a share of pay."""
    burden_parts: dict[str, BurdenPart] | None = None
    """Employer charges one by one; written as a map under `burden`."""
    wage_growth: Rate | None = None
    """Growth of pay at each contract anniversary."""
