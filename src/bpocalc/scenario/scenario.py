"""The scenario: the header and the functions."""

from typing import Annotated, Any, Literal

from bpocalc.document import Map
from bpocalc.overlay import ABOUT
from bpocalc.quantity import Quantity
from bpocalc.scenario.acceptance import Acceptance
from bpocalc.scenario.cases import Case
from bpocalc.scenario.context import Loading
from bpocalc.scenario.correlation import Correlation
from bpocalc.scenario.decision import Decision
from bpocalc.scenario.declared import neutral
from bpocalc.scenario.expectation import Expectation, with_expectations
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.function import Function
from bpocalc.scenario.labor import BurdenPart, Rate
from bpocalc.scenario.parts import Part
from bpocalc.scenario.provider import Provider, with_people_at_home
from bpocalc.scenario.qualitative import Factor
from bpocalc.scenario.rates import REFERENCE, with_burden_split
from bpocalc.timeline import Instant

LANGUAGE = 1


class Discounting(Part):
    """The rate at which later money counts less."""

    rate: Annotated[Quantity, In("per year", gt=-1, le=1)]
    """Effective rate a year."""
    timing: Instant = "end"
    """The instant of its month at which money counts: end, mid or start."""
    compounding: Literal["yearly", "monthly"] = "yearly"
    """`yearly`: the rate is effective a year; `monthly`: a twelfth of it each month."""


class ExchangeRate(Part):
    """What one unit of a currency is worth in the reporting currency."""

    rate: Annotated[Quantity, In("rate", gt=0)]
    """Reporting currency for one unit."""
    drift: Annotated[Quantity, In("per year", gt=-1, le=1)] | None = None
    """Change of the rate at each contract anniversary; without it the rate stays."""


class Place(Part):
    """What the scenario says of a location, over the reference data."""

    title: str = ""
    """What reports call it."""
    wages: Annotated[dict[str, Quantity], Each(In("$/hour", ge=0))] | None = None
    """Gross pay for an hour, by role."""
    burden: Annotated[Quantity, In("share", ge=0, le=3)] | None = None
    """Employer charges, as a share of pay."""
    burden_parts: dict[str, BurdenPart] | None = None
    """Employer charges one by one; written as a map under `burden`."""
    wage_growth: Rate | None = None
    """Growth of pay at each contract anniversary."""
    paid_hours: Annotated[Quantity, In("hours/year", gt=0, le=8784)] | None = None
    """Paid hours of a full-time equivalent a year, leave included."""
    uprating: Annotated[Quantity, In("factor", gt=0, le=100)] | None = None
    """Factor that carries wages of the reference data to the start, or `reference` for the bundled index."""
    use: str | list[str] = []
    """Optional figures of the reference data to be taken, by name; `burden` takes all optional employer charges."""
    time_zone: str | None = None
    """Its clock, as a name of the IANA time zone database: `America/Bogota`."""
    country: str | None = None
    """The key of its country; the location's own key where nothing is said."""

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Tell a burden in parts from one figure; the word `reference` is read where a wage is taken."""
        out = with_burden_split(data)
        if data.get("uprating") != REFERENCE:
            return out
        return Map({key: value for key, value in out.items() if key != "uprating"}, out.origin, out.at)


class Scenario(Part):
    """A business case: the header, the functions and what they share."""

    bpocalc: int = LANGUAGE
    """Version of the scenario language."""
    title: str
    """Heading of every report."""
    currency: str
    """Reporting currency, a code of three letters."""
    start: str | None = None
    """First month, as 2027-01."""
    months: int
    """Months that are computed."""
    discount_rate: Discounting
    """Rate a year, or a section with rate, timing and compounding."""
    inflation: Rate = neutral(0)
    """Growth of what has no growth of its own; required beyond 12 months."""
    home: str | None = None
    """Location of the buyer, from which others are onshore, nearshore or offshore; else that of the in-house side."""
    fx: dict[str, ExchangeRate] = {}
    """Exchange rates: reporting currency for one unit."""
    rates: str | None = None
    """A rate card: a file beside this one, CSV or YAML, whose figures go before the reference data."""
    locations: dict[str, Place] = {}
    """Locations, over or beside the reference data."""
    providers: dict[str, Provider] = {}
    """The companies that offer to do the work."""
    functions: dict[str, Function]
    """The business functions."""
    mix: dict[str, str] = {}
    """One option for each function, to be shown beside the best mix."""
    cases: dict[str, Case] = {}
    """Sets of other values, to be computed in place of these or side by side."""
    correlations: dict[str, Correlation] = {}
    """Uncertain figures that tend to move together in a simulation."""
    decision: Decision | None = None
    """What an option must save, and what difference is too small to matter."""
    qualitative: dict[str, Factor] = {}
    """What has no price, shown beside the money and never blended with it."""
    expect: list[Expectation] = []
    """What is expected of the results of the scenario as it stands, without a case."""
    accept: list[Acceptance] = []
    """Rules of `check` whose findings are accepted, each with its reason."""

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Spell out plain discount and exchange rates."""
        out = data.copy()
        if "discount_rate" in data:
            out["discount_rate"] = spelled_out(data, "discount_rate")
        if loading and isinstance(data.get("providers"), Map):
            out["providers"] = with_people_at_home(data, loading)
        for section in ("fx", "locations"):
            if isinstance(data.get(section), Map):
                out[section] = data[section].copy()
        if isinstance(out.get("fx"), Map):
            for code in out["fx"]:
                out["fx"][code] = spelled_out(out["fx"], code)
        return with_expectations(out, data)


def spelled_out(section: Map, key: str) -> Any:
    """A rate written plainly, or with what is known about it, as a section with `rate`."""
    node, origin = section[key], section.origin[key]
    if not isinstance(node, Map):
        return Map({"rate": node}, {"rate": origin}, origin)
    if "rate" in node or node.keys().isdisjoint(ABOUT):
        return node
    beside = [extra for extra in ("drift", "timing", "compounding") if extra in node]
    figure = Map({k: v for k, v in node.items() if k not in beside}, node.origin, node.at)
    return Map({"rate": figure} | {k: node[k] for k in beside}, node.origin | {"rate": origin}, origin)
