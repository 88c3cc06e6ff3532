"""Labour rates: how a team comes to its pay, burden and wage growth.

What the team says holds; else what its side says; else what the scenario says of the location; else, for a team with
a `role`, the cited figure of the reference data. Figures are laid into the document before it is validated, each with
the place where it was written, so that the source travels along.
"""

from __future__ import annotations

from typing import Any

from bpocalc.document import Map, Seq
from bpocalc.locations import (
    CHARGES,
    PAY,
    Location,
    Reference,
    Term,
    cited,
    location_keys,
    optional,
    read_location,
    roles,
)
from bpocalc.overlay import ABOUT, is_figure
from bpocalc.problems import did_you_mean, misspelt
from bpocalc.scenario.context import Loading
from bpocalc.scenario.parts import is_text

TERMS = ("paid_hours", "burden", "wage_growth")
REFERENCE = "reference"
"""In place of an uprating factor: that of the reference data."""


def settled(section: Map, loading: Loading, *terms: Map, placed: bool = False) -> Map:
    """A section with teams, with pay, burden and wage growth laid into every team.

    `terms` are the sections, nearest first, whose location and terms hold where a team is silent; `placed` says that
    one of them must have a location, and that its absence is noted elsewhere.
    """
    out = with_burden_split(section).copy()
    teams = section.get("teams")
    location = next((key for part in terms if (key := check_location(part, loading)) is not None), None)
    if location is None and (placed or any(misspelt(part, ["location"], "location") for part in terms)):
        location = ""
    scenario_says = loading.locations.get(location or "")
    if not isinstance(teams, Map):
        return out
    out["teams"] = made = teams.copy()
    for key, team in teams.items():
        if isinstance(team, Map):
            own = team.copy()
            for below in (*terms, scenario_says):
                if isinstance(below, Map):
                    _inherit(own, below)
            _take_card(own, location, scenario_says, loading)
            _take_rates(own, location, terms[-1].at.address, scenario_says, loading)
            made[key] = with_burden_split(own)
    return out


def check_location(section: Map, loading: Loading, field: str = "location") -> str | None:
    """The key of a section's location; empty, noting it, if it is not known; None if it names none."""
    if section.get(field) is None:
        return None
    key = str(section[field])
    if not is_text(section[field]):
        return ""
    known = {*location_keys(), *loading.locations}
    if key in known:
        return key
    hint = f"{did_you_mean(key, known).rstrip('?')}; or describe it:  locations: {{{key}: {{title: …}}}}"
    loading.note("BPO012", f"'{key}' is no known location", section.origin[field], hint)
    return ""


def _inherit(team: Map, below: Map) -> None:
    """Lay the terms of a section under those of a team."""
    for term in TERMS:
        if term in below and below[term] is not None and term not in team:
            team[term] = below[term]
            team.origin[term] = below.origin[term]


def with_burden_split(section: Map) -> Map:
    """The section with a burden in parts told from one figure."""
    burden = section.get("burden")
    if not isinstance(burden, Map) or is_figure(burden) or not burden.keys().isdisjoint(ABOUT):
        return section
    out = section.copy()
    out["burden_parts"], out.origin["burden_parts"] = out.pop("burden"), out.origin.pop("burden")
    return out


def _take_rates(team: Map, location: str | None, place: str, scenario_says: Any, loading: Loading) -> None:
    """Lay the pay for a team's role, and with it burden and wage growth, under what the team says.

    An empty location is one that is not known, which has been noted; `place` is the section that should name it.
    """
    if not is_text(team.get("role")):
        return
    role = str(team["role"])
    wages = scenario_says.get("wages") if isinstance(scenario_says, Map) else None
    own_roles = set(wages) if isinstance(wages, Map) else set()
    own_roles |= {role for _, role in loading.card}
    if role not in roles() and role not in own_roles:
        if location != "":
            hint = did_you_mean(role, {*roles(), *own_roles} - {""})
            loading.note("BPO013", f"'{role}' is no known role", team.origin["role"], hint)
        return
    paid = any(team.get(key) is not None for key in PAY)
    if isinstance(wages, Map) and role in wages and not paid:
        team["wage"], team.origin["wage"] = wages[role], wages.origin[role]
        paid = True
    if location is None:
        if not paid:
            hint = "name the 'location' of the people, or write 'salary'"
            said = f"the pay of a {role} cannot be looked up without a location"
            loading.note("BPO020", said, team.origin["role"], hint, lack=f"{place}.location")
        return
    if not location:
        return
    own = scenario_says if isinstance(scenario_says, Map) else Map()
    reference = read_location(location, _wanted(location, own, loading)) if location in location_keys() else None
    if reference is not None:
        for term in reference.terms:
            if term.field not in team:
                _lay(term, team, loading)
    if not paid:
        _take_wage(team, role, location, reference, loading)
        _uprate(team, own, reference, loading)


def _take_card(team: Map, location: str | None, scenario_says: Any, loading: Loading) -> None:
    """Lay what a rate card says of the role, else of all roles at the location, under what the scenario says."""
    role = str(team["role"]) if is_text(team.get("role")) else ""
    wages = scenario_says.get("wages") if isinstance(scenario_says, Map) else None
    stated = isinstance(wages, Map) and role in wages
    for key in dict.fromkeys([(location or "", role), (location or "", "")]):
        for term in loading.card.get(key, {}).values():
            pays = term.field in PAY
            if team.get(term.field) is None and not (
                pays and (stated or any(team.get(name) is not None for name in PAY))
            ):
                team[term.field], team.origin[term.field] = term.node, term.origin


def _take_wage(team: Map, role: str, location: str, reference: Location | None, loading: Loading) -> None:
    found = cited(reference, role) if reference else None
    if found is None:
        name = reference.name if reference else location
        money = reference.currency if reference else loading.currency
        hint = f"write 'salary: …' in the team, or  locations: {{{location}: {{wages: {{{role}: 320 {money}}}}}}}"
        said = f"there is no citable wage of a {role} in {name}"
        loading.note("BPO020", said, team.origin["role"], hint)
        return
    _lay(found, team, loading)


def _wanted(location: str, said: Map, loading: Loading) -> tuple[str, ...]:
    """The optional figures that the scenario names for a location."""
    use = said.get("use")
    names = use if isinstance(use, Seq) else [use] if is_text(use) else []
    known = {*optional(location), *(kind for kind, _ in optional(location).values() if kind == CHARGES)}
    for place, name in enumerate(names):
        if str(name) not in known:
            origin = use.origin[place] if isinstance(use, Seq) else said.origin["use"]
            hint = did_you_mean(str(name), known) or f"there are none; see  bpocalc locations {location}"
            loading.note("BPO023", f"'{name}' is no optional figure of {location}", origin, hint)
    return tuple(str(name) for name in names)


def _uprate(team: Map, said: Map, reference: Location | None, loading: Loading) -> None:
    """Lay the declared step under a team whose wage was taken from the reference data."""
    if said.get("uprating") is None or "uprating" in team or reference is None:
        return
    if said["uprating"] != REFERENCE:
        team["uprating"], team.origin["uprating"] = said["uprating"], said.origin["uprating"]
    elif reference.uprating is not None:
        _lay(reference.uprating, team, loading)
    else:
        hint = 'give a factor:  uprating: {value: 1.12, source: "which index, from when to when"}'
        text = f"there is no index to carry wages of {reference.name} to a later time"
        loading.note("BPO030", text, said.origin["uprating"], hint)


def _lay(term: Term, team: Map, loading: Loading) -> None:
    """Lay a reference figure, or a section of them, under a team, and remember which role asked for it."""
    team[term.field], team.origin[term.field] = term.node, term.origin
    parts = [] if isinstance(term.node, Reference) else term.node.values()
    for origin in (term.origin, *(origin for part in parts for origin in part.origin.values())):
        loading.taken.setdefault(origin.address, team.origin["role"].value)
