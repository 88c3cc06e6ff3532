"""Functions: the units of the comparison, each with its demand, its in-house side and its options."""

from typing import Literal

from bpocalc.document import Map
from bpocalc.overlay import lay_over
from bpocalc.scenario.communication import shared_out, with_paid_hours
from bpocalc.scenario.context import Loading
from bpocalc.scenario.demand import Demand, is_several
from bpocalc.scenario.option import AnyOption, InHouse
from bpocalc.scenario.parts import Part
from bpocalc.scenario.rates import check_location, settled
from bpocalc.scenario.two_sided import inherited

PROCESSES: dict[str, Literal["front office", "back office"]] = {
    "customer_support": "front office",
    "technical_support": "front office",
    "sales": "front office",
    "inside_sales": "front office",
    "marketing": "front office",
    "order_management": "front office",
    "collections": "front office",
    "finance": "back office",
    "accounts_payable": "back office",
    "accounts_receivable": "back office",
    "payroll": "back office",
    "hr": "back office",
    "recruiting": "back office",
    "procurement": "back office",
    "it_service_desk": "back office",
    "it_operations": "back office",
    "software_development": "back office",
    "claims": "back office",
    "data_entry": "back office",
    "legal": "back office",
    "other": "back office",
}
"""The known processes, and on which side of the company they stand."""


class Function(Part):
    """One business function and the ways in which it could run."""

    title: str = ""
    """What reports call it."""
    process: str | None = None
    """One of the known processes."""
    demand: Demand | None = None
    """The work to be done."""
    demands: dict[str, Demand] = {}
    """Several kinds of work, each with a name; written as a map under `demand`."""
    baseline: str = "in_house"
    """The option against which the others are measured."""
    in_house: InHouse
    """How the function runs today."""
    options: dict[str, AnyOption] = {}
    """How else it could run."""

    @property
    def has_demand(self) -> bool:
        """Whether demand is stated, understood or not."""
        return self.demand is not None or self.said("demand") or bool(self.demands)

    @property
    def several(self) -> list[str]:
        """The names of several demands, those of entries that were left out included; empty for a single one."""
        return list(self.written.get("demand", self.demands)) if self.demands else []

    def demand_for(self, name: str | None) -> Demand | None:
        """The demand, or that of a name where there are several; None where there is none."""
        return self.demand if name is None else self.demands.get(name)

    @property
    def side(self) -> str:
        """Front office or back office; empty where no process is named."""
        return PROCESSES.get(self.process or "", "")

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Lay improved options over the in-house side, and settle the rates of every team from its location."""
        home, demand = data.get("in_house"), data.get("demand")
        if isinstance(demand, Map) and is_several(demand):
            data = data.copy()
            data["demands"], data.origin["demands"] = demand, data.origin["demand"]
            del data["demand"], data.origin["demand"]
        if loading is None or not isinstance(home, Map):
            return data
        out = data.copy()
        out["in_house"] = settled(home, loading, home)
        options = data.get("options")
        if isinstance(options, Map):
            out["options"] = made = options.copy()
            for key, option in options.items():
                if isinstance(option, Map):
                    made[key] = _settled_option(option, home, loading)
        return out


def _settled_option(option: Map, home: Map, loading: Loading) -> Map:
    """An option with its overlay laid and with the rates of all its teams."""
    out = option.copy()
    if isinstance(option.get("in_house"), Map):
        laid = lay_over(home, option["in_house"])
        out["in_house"] = settled(laid, loading, laid)
        return out
    for name in ("retained", "governance"):
        if isinstance(option.get(name), Map):
            out[name] = settled(option[name], loading, home)
    legs = option.get("legs")
    if isinstance(legs, Map):
        out["legs"] = made = legs.copy()
        for key, leg in legs.items():
            if isinstance(leg, Map):
                made[key] = _settled_leg(shared_out(leg, option), home, loading)
    return _settled_leg(out, home, loading)


def _settled_leg(leg: Map, home: Map, loading: Loading) -> Map:
    """A leg with what it has from the in-house side, and with the rates of the provider's own people."""
    check_location(leg, loading)
    leg = with_paid_hours(inherited(leg, home, loading), home)
    charges = leg.get("charges")
    if not isinstance(charges, Map):
        return leg
    out = leg.copy()
    out["charges"] = made = charges.copy()
    for key, charge in charges.items():
        if isinstance(charge, Map) and charge.get("kind") == "cost_plus":
            made[key] = settled(charge, loading, charge, leg, placed=True)
    return out
