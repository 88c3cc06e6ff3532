"""Providers: the companies that offer to do the work, and what is paid once for each of them."""

from bpocalc.document import Map, Origin
from bpocalc.scenario.context import Loading
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.governance import Step
from bpocalc.scenario.labor import AddedTeam, Terms
from bpocalc.scenario.parts import Part
from bpocalc.scenario.rates import settled
from bpocalc.scenario.scale import VolumeDiscount


class ProviderGovernance(Terms):
    """People and amounts that steer a provider in all its functions together."""

    teams: dict[str, AddedTeam] = {}
    """People who do it, each team of a fixed number; at the scenario's home where they name no location."""
    by_fte: list[Step] | None = None
    """A table of monthly cost by full-time equivalents moved to the provider, those of all its functions together."""


class Provider(Part):
    """A company that offers to do the work."""

    title: str = ""
    """What reports call it."""
    volume_discount: VolumeDiscount | None = None
    """Discount on the spend of a contract year."""
    costs: dict[str, Cost] = {}
    """What is paid once for the provider, for however many functions: amounts a month, a year or once."""
    governance: ProviderGovernance | None = None
    """The cost of steering the provider, in all its functions together."""


def with_people_at_home(doc: Map, loading: Loading) -> Map:
    """The providers of a scenario, the teams that steer them with the rates of their location or of the home."""
    out: Map = doc["providers"].copy()
    home = Map({"location": doc.get("home")}, {"location": doc.origin.get("home", doc.at)}, doc.at)
    for name, provider in out.items():
        governance = provider.get("governance") if isinstance(provider, Map) else None
        if isinstance(governance, Map):
            out[name] = provider.copy()
            out[name]["governance"] = settled(governance, loading, governance, _apart(home, governance.at))
    return out


def _apart(home: Map, at: Origin) -> Map:
    """The home as terms whose lack is told at the section that they hold for."""
    return Map(home, home.origin, at)
