"""Checks of the demand: what a volume month by month leaves no room for, and what seasons need."""

from __future__ import annotations

from bpocalc.scenario.check_parts import check_name
from bpocalc.scenario.context import Loading
from bpocalc.scenario.demand import Demand
from bpocalc.scenario.function import Function


def check_demand(function: Function, loading: Loading) -> None:
    """Each demand, and the names of several."""
    if function.demand is not None:
        _check_demand(function.demand, loading)
    for name, demand in function.demands.items():
        check_name(name, "a demand", function.written.get("demand"), loading)
        _check_demand(demand, loading)


def _check_demand(demand: Demand, loading: Loading) -> None:
    """Seasons need a start; a list of months already says how the volume moves."""
    if demand.is_monthly:
        for field in ("per", "growth", "seasonality"):
            if field in demand.written and (field != "per" or demand.per == "year"):
                said = f"the volume is given month by month: '{field}' does not go with it"
                loading.note("BPO021", said, demand.origin(field), "leave it out", key=True)
    elif demand.seasonality is not None and not loading.dated:
        hint = "write start: 2027-01 at the top"
        said, origin = "seasonality needs the scenario's start", demand.origin("seasonality")
        loading.note("BPO004", said, origin, hint, key=True, lack="start")
