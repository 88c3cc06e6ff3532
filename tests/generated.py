"""Scenarios made by chance, by the same chance every time: all of them valid, every topic of the language in some.

What hangs together is drawn apart and then settled: topics with two sides are said of both, what hangs on the volume
names its demand, a volume month by month has as many months as the scenario.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

Section = dict[str, Any]
Strategy = st.SearchStrategy[Any]


def figures(least: float, most: float, unit: str = "") -> Strategy:
    """Numbers with up to three digits between two bounds, with a unit behind them."""
    return (
        st.integers(0, 500)
        .map(lambda n: float(f"{least + (most - least) * n / 500:.3g}"))
        .map(lambda x: f"{x!r}{unit}" if unit else x)
    )


def steps(item: Strategy) -> Strategy:
    """A figure, or one in yearly steps."""
    return st.one_of(item, st.fixed_dictionaries({"1": item, "2": item}, optional={"3": item}))


def section(optional: Mapping[str, Strategy], **required: Any) -> st.SearchStrategy[Section]:
    """A section with some keys that are always there, as they are or by chance, and some that may be."""
    always = {key: x if isinstance(x, st.SearchStrategy) else st.just(x) for key, x in required.items()}
    return st.fixed_dictionaries(always, optional=dict(optional))


def few(optional: Mapping[str, Strategy], **required: Any) -> st.SearchStrategy[Section]:
    """A section with the keys that are always there, and at most one of the others."""
    none = section({}, **required)
    return st.one_of(none, *(section({}, **{key: item}, **required) for key, item in optional.items()))


SHARES, GROWTH = figures(2, 95, "%"), steps(figures(-3, 9, "%"))
WORKERS = {
    "shrinkage": figures(5, 35, "%"), "productivity": figures(0.8, 1.2), "minimum": figures(1, 4),
    "whole": st.booleans(), "premium": figures(1, 12, "%"), "bonus": figures(100, 2000), "wage_growth": GROWTH,
    "attrition": figures(5, 60, "%"), "cost_per_hire": figures(500, 6000), "removal": figures(0, 6),
    "avoidable": SHARES, "onboarding": section({}, months=figures(1, 4), productivity=SHARES),
}  # fmt: skip
SALARY = {"salary": steps(figures(20_000, 90_000))}
STAFFED = {"staffing": st.sampled_from(["follow", "average", "peak"]), "occupancy": figures(60, 95, "%")}
FOLLOWING = {**WORKERS, "overtime": section({}, premium=figures(10, 100, "%"))}
"""What may be said of people whose number follows the volume."""
TEAMS = section(
    {
        "staff": section(WORKERS, fte=steps(figures(1, 9)), salary=figures(20_000, 90_000)),
        "clerks": section(FOLLOWING, units_per_fte=figures(80, 900), **SALARY, **STAFFED),
        "checkers": section(FOLLOWING, units_per_hour=figures(2, 20), wage=figures(9, 40), **STAFFED),
        "leads": section(WORKERS, one_per=section({}, agents=figures(5, 14)), **SALARY),
    },
    agents=section(FOLLOWING, handling_time=figures(3, 25, " min"), wage=steps(figures(9, 40)), **STAFFED),
)
SEAT = section({"removal": figures(0, 9), "growth": GROWTH}, per_seat=steps(figures(50, 500)), avoidable=SHARES)
WORKPLACE = section(
    {
        "technology": SEAT,
        "equipment": section({"residual": SHARES}, price=figures(300, 2000), life=figures(6, 48)),
    },
    facilities=SEAT,
)
COSTS = section(
    {
        "licences": section({"growth": GROWTH}, amount=figures(5, 90), per="fte", avoidable=SHARES),
        "rooms": section({}, amount=figures(5, 90), per="seat", avoidable=SHARES),
        "audit": section({"from": figures(1, 9), "until": figures(10, 30)}, amount=figures(900, 90_000), per="year",
            paid=st.sampled_from(["monthly", "start", "end"]), avoidable=SHARES, removal=figures(0, 9)),
        "once": section({"after": figures(0, 2)}, amount=figures(900, 9000), month=figures(1, 10), avoidable=SHARES),
        "soft": section({}, amount=figures(90, 900), per="month", soft=True, avoidable=SHARES),
    },
    postage=section({}, amount=steps(figures(0.01, 0.9)), per="unit", avoidable=SHARES),
    overhead=section({"removal": figures(0, 9)}, rate=steps(SHARES), of="personnel", avoidable=SHARES),
)  # fmt: skip
SEVERANCE = section(
    {"notice": figures(0, 3), "transferred": figures(0, 5), "redeployed": figures(0, 3)}, weeks=figures(2, 30)
)
TRANSITION = section(
    {
        "ramp": figures(0, 6),
        "parallel": figures(0, 3),
        "severance": SEVERANCE,
        "costs": section(
            {
                "selection": section({"after": figures(0, 2)}, amount=figures(900, 90_000),
                    at=st.sampled_from(["signature", "transition", "go_live", "ramped", "end"])),
                "training": section({}, amount=figures(900, 90_000, " EUR"), spread=True),
            }
        ).filter(lambda costs: costs.get("selection", {}).get("at") != "end" or "after" not in costs["selection"]),
    },
    start=figures(1, 5), months=figures(1, 5),
)  # fmt: skip

# Quality and risk, said of both sides or of none; what else may go with an option.

QUALITY = section(
    {"growth": GROWTH.filter(lambda growth: isinstance(growth, str)),
     "monitoring": section({}, sampled=SHARES, time=figures(2, 20, " min"), hourly=figures(20, 60))},
    error_rate=figures(0.1, 9, "%"), cost_per_error=figures(1, 40),
)  # fmt: skip
RISK = st.one_of(
    section({"growth": figures(-3, 9, "%")}, probability=figures(1, 40, "%"), impact=figures(900, 90_000)),
    section({}, outcomes=figures(900, 90_000).map(
        lambda cost: [{"cost": 0, "probability": "70%"}, {"cost": cost, "probability": "30%"}])),
)  # fmt: skip
TALK = section(
    {"growth": GROWTH, "language": figures(1, 9, "%"),
     "coordination": section({"hourly": figures(20, 90)}, hours=figures(5, 90))},
    synchronous=figures(2, 20, "%"), k=figures(0.1, 2), overlap=figures(0, 8), day=8,
)  # fmt: skip
COMMUNICATION = st.one_of(
    TALK.flatmap(lambda talk: figures(20, 90).map(lambda hourly: {**talk, "hourly": hourly})),
    TALK.map(lambda talk: {key: x for key, x in talk.items() if key != "growth"} | {"team": "agents"}),
    section({}, our_hours="9-17:30", their_hours="21-6", synchronous=SHARES, k=figures(0.1, 2), day=8, team="agents"),
)
AUTOMATION = section(
    {"start": figures(1, 9), "months": figures(0, 5), "ramp": figures(0, 6), "build": figures(900, 90_000),
     "licence": figures(90, 900), "run": figures(0.01, 0.3), "growth": GROWTH},
    share=SHARES, client_share=SHARES,
)  # fmt: skip
CONTRACT = st.one_of(
    section({"start": figures(1, 2), "renewal": figures(-5, 20, "%")}, months=figures(12, 30), then="renew"),
    section({"start": figures(1, 2), "rebuild": figures(0, 5)}, months=figures(12, 30), then="in_house"),
)
EXIT = section(
    {"at_end": figures(900, 90_000)}, early=section({"18": figures(900, 9000)}, **{"1": figures(900, 90_000)})
)
FOCUS = section({"growth": GROWTH}, management_hours=figures(5, 90), value_per_hour=figures(40, 200), realised=SHARES)

# Charges.

INDEXED = {
    "indexation": section(
        {"passed_on": SHARES, "cap": figures(1, 6, "%"), "first_year": st.sampled_from([1, 2, 3])}, rate=GROWTH
    ),
    "productivity": steps(figures(0, 5, "%")),
    "minimum": steps(figures(500, 40_000)),
    "settled": st.sampled_from(["month", "year"]),
}
TIERS = st.tuples(figures(0.5, 6), figures(0.5, 5), figures(0.5, 4)).map(
    lambda prices: [{"above": 900 * n * n, "price": f"{price!r} EUR"} for n, price in enumerate(prices)]
)
SLICES, PERIODS = st.sampled_from(["slice", "whole"]), st.sampled_from(["month", "year"])
SCALED = {
    **INDEXED,
    "elasticity": section({}, exponent=figures(0.01, 0.9), at=figures(900, 40_000)),
    "learning": section(
        {}, rate=figures(75, 99, "%"), curve=st.sampled_from(["unit", "cumulative_average"]), first=figures(90, 9000)
    ),
}
MINUTE = {"handling_time": figures(3, 25, " min"), "increment": figures(6, 90, " s")}
PARTS = st.tuples(steps(figures(9, 90)), figures(9, 90)).map(
    lambda rates: {"near": {"share": "30%", "rate": rates[0]}, "far": {"share": "70%", "rate": rates[1]}}
)
BANDS = st.lists(section({}, arc=figures(0.5, 6), rrc=figures(0.5, 4)), max_size=2).map(
    lambda bands: [{"beyond": f"{20 * number}%", **band} for number, band in enumerate(bands, 1)]
)
PAY = {
    "units": section(SCALED, kind="per_unit", price=steps(figures(0.3, 6, " EUR"))),
    "minutes": section(SCALED, kind="per_minute", price=figures(0.1, 2), **MINUTE),
    "results": section(SCALED, kind="outcome", price=figures(0.3, 6), success_rate=steps(SHARES)),
    "heads": section(
        {**INDEXED, "fte": figures(1, 9), "fte_ratio": figures(0.7, 1.4)}, kind="per_fte", price=figures(900, 4000)
    ),
    "hours": section(
        {**INDEXED, "utilisation": figures(60, 95, "%")},
        kind="per_hour", price=figures(9, 40), handling_time=figures(3, 25, " min"),
    ),
    "rates": section(
        {**INDEXED, "utilisation": SHARES}, kind="blended", per="hour", parts=PARTS, hours=figures(9, 900)
    ),
    "fixed": section(INDEXED, kind="fixed", amount=figures(900, 20_000), per=PERIODS),
    "banded": section(
        {**INDEXED, "deadband": figures(0, 20, "%"), "bands": BANDS},
        kind="banded", baseline=figures(500, 20_000), amount=figures(900, 40_000), arc=figures(0.5, 6),
        rrc=figures(0.5, 4), excess_over=st.sampled_from(["edge", "baseline"]),
    ),
    "should_cost": section(
        {"workplace": WORKPLACE}, kind="cost_plus", margin=SHARES, teams=TEAMS, paid_hours=figures(1600, 2080)
    ),
    "gain": section(
        {"cap": figures(900, 90_000)}, kind="gain_share", provider_keeps=SHARES, target=steps(figures(9000, 900_000)),
        of=st.sampled_from(["charges", "run"]), floor=figures(0, 90_000),
    ),
}  # fmt: skip
TIERED = section(INDEXED, kind="tiered", by=SLICES, period=PERIODS, tiers=TIERS)
CHARGES = few(PAY, tiered=TIERED) | section(PAY, tiered=TIERED)

# Options and functions.

KEPT = section({"avoidable": SHARES, "from": figures(1, 6)}, fte=figures(0.5, 3), **SALARY)
GOVERNANCE = section(
    {"by_fte": st.just([{"above": 0, "amount": 500}, {"above": 4, "amount": 900}]), "teams": section({}, owner=KEPT)},
    rate=SHARES,
    take=st.sampled_from(["largest", "sum"]),
)
AROUND = {
    "retained": section({}, teams=section({"managers": KEPT}, coaches=KEPT)), "governance": GOVERNANCE,
    "costs": section({}, change=section({}, rate=SHARES, of="fees")), "contract": CONTRACT, "exit": EXIT,
}  # fmt: skip
BETWEEN = {
    "automation": AUTOMATION, "communication": COMMUNICATION, "quality": QUALITY,
    "risks": section({"delay": section({}, probability=SHARES, impact=figures(90, 900))}, outage=RISK),
    "payment_terms": figures(0, 90, " days") | figures(0, 3),
}  # fmt: skip
LEG = section(
    {**BETWEEN, "transition": TRANSITION.map(lambda way: {key: x for key, x in way.items() if key != "severance"})},
    location="HERE", share=figures(2, 49, "%"), charges=few(PAY, tiered=TIERED),
)  # fmt: skip
FLAT = section(
    {**AROUND, **BETWEEN, "transition": TRANSITION}, provider="acme", location="HERE", share=SHARES, charges=CHARGES
)
SPLIT = section(AROUND, provider="acme", legs=section({"second": LEG}, first=LEG))
FAR = st.one_of(FLAT, SPLIT)
BETTER = section(
    {"transition": TRANSITION, "costs": section({}, licence=section({}, amount=figures(9, 99), per="fte"))},
    in_house=section(
        {}, teams=section({}, agents=section({"attrition": SHARES}, handling_time=figures(3, 20, " min")))
    ),
)
SEASONS = st.lists(figures(0.7, 1.4), min_size=12, max_size=12)
DEMAND = st.one_of(
    section(
        {"growth": figures(-9, 9, "%"), "per": PERIODS, "seasonality": SEASONS}, volume=steps(figures(2000, 40_000))
    ),
    section({}, volume=st.lists(figures(0, 40_000), min_size=3, max_size=7)),
)
TWO_SIDED = {"quality": QUALITY, "risks": section({}, outage=RISK)}
FUNCTION = section(
    {"baseline": st.sampled_from(["in_house", "in_house", "far"])},
    demand=st.one_of(DEMAND, DEMAND, section({}, calls=DEMAND, mails=DEMAND)),
    in_house=section(
        {"burden": SHARES, "wage_growth": GROWTH, "severance": SEVERANCE, "workplace": WORKPLACE, "focus": FOCUS,
         **TWO_SIDED},
        paid_hours=figures(1600, 2080), teams=TEAMS, costs=COSTS,
    ),
    options=section({"near": FAR, "better": BETTER}, far=FAR),
)  # fmt: skip
PROVIDER = section(
    {"costs": section({}, desk=section({}, amount=figures(90, 9000), per=PERIODS), entry=section(
        {}, amount=figures(90, 9000), per="once", month=figures(1, 9))),
     "governance": section({}, by_fte=st.just([{"above": 0, "amount": 300}, {"above": 6, "amount": 800}]),
        teams=section({}, steering=KEPT))},
    volume_discount=section({}, by=SLICES, tiers=st.just(
        [{"above": 20_000, "rate": "2%"}, {"above": 150_000, "rate": "6%"}])),
)  # fmt: skip
DRAWN = section(
    {
        "decision": section({"materiality": figures(0.1, 9, "%")}, rule="threshold", saving_at_least=SHARES,
            of="in_house.cost", capped_at=figures(900, 90_000)),
    },
    title="Made by chance", currency="USD", start=st.sampled_from(["2027-01", "2027-07"]), months=st.integers(20, 40),
    discount_rate=section(
        {"timing": st.sampled_from(["start", "mid", "end"]), "compounding": st.sampled_from(["yearly", "monthly"])},
        rate=figures(1, 15, "%"),
    ),
    inflation=GROWTH,
    home="HOME",
    fx=section({}, EUR=section({"drift": figures(-4, 4, "%")}, rate=figures(0.8, 1.3))),
    locations={"HOME": {"time_zone": "America/Chicago"}, "HERE": {"time_zone": "Asia/Manila"}},
    providers=section({}, acme=PROVIDER),
    functions=section({"back": FUNCTION}, front=FUNCTION),
)  # fmt: skip


def legs_of(option: Section) -> list[Section]:
    """The legs of an outsourced option, or the one that is written flat; none for an improved in-house side."""
    return [] if "in_house" in option else [*option.get("legs", {"": option}).values()]


def settled(scenario: Section) -> Section:
    """A scenario that has been drawn, with what hangs together settled."""
    out: Section = json.loads(json.dumps(scenario))
    for function in out["functions"].values():
        _settle(function, out["months"])
    return out


def _settle(function: Section, months: int) -> None:
    home, options = function["in_house"], function["options"].values()
    legs = [leg for option in options for leg in legs_of(option)]
    for leg in legs:
        for topic in TWO_SIDED:
            if topic not in home:
                leg.pop(topic, None)
            elif topic not in leg:
                leg[topic] = "same"
    several = "calls" in function["demand"]
    for demand in function["demand"].values() if several else [function["demand"]]:
        if isinstance(demand["volume"], list):
            demand["volume"] = [demand["volume"][month % len(demand["volume"])] for month in range(months)]
    for option in options:
        if any("transition" not in leg for leg in legs_of(option)):
            option.get("contract", {}).pop("start", None)  # it would begin after the work goes live
    for team in _teams(home, legs):
        if team.get("staffing") == "follow":
            team.pop("overtime", None)
    if several:
        for number, part in enumerate(_by_volume(home, legs)):
            part["for"] = ("calls", "mails")[number % 2]


def _teams(home: Section, legs: list[Section]) -> Iterator[Section]:
    """All teams that the volume may drive."""
    yield from home["teams"].values()
    for leg in legs:
        for charge in leg["charges"].values():
            yield from charge.get("teams", {}).values()


def _by_volume(home: Section, legs: list[Section]) -> Iterator[Section]:
    """Everything that hangs on the volume."""
    drivers = {"handling_time", "units_per_fte", "units_per_hour"}
    yield from (team for team in _teams(home, legs) if drivers & team.keys())
    yield home["costs"]["postage"]
    kinds = ("per_unit", "per_minute", "outcome", "per_hour", "banded", "tiered")
    for leg in legs:
        yield from (charge for charge in leg["charges"].values() if charge["kind"] in kinds)
        yield from (leg["automation"] for _ in range(1) if "run" in leg.get("automation", {}))
    yield from (side["quality"] for side in (home, *legs) if isinstance(side.get("quality"), dict))


SCENARIO: st.SearchStrategy[Section] = DRAWN.map(settled)
"""Scenarios as they would be read from a file."""


@cache
def made(count: int) -> list[str]:
    """So many scenarios, each of them valid, the smallest first: of many those that say what the others say least.

    They are drawn by a process of their own: hypothesis also draws numbers that it finds in the modules around it,
    which are others for every selection of tests.
    """
    drawn = subprocess.run([sys.executable, __file__, str(count)], capture_output=True, text=True, check=True)
    return drawn.stdout.splitlines()


def chosen(count: int) -> list[str]:
    """Draw many scenarios, and choose some."""
    found: dict[str, frozenset[str]] = {}

    @settings(
        max_examples=60, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(SCENARIO)
    def collect(scenario: Section) -> None:
        text = json.dumps(scenario)
        found[text] = frozenset(re.findall(r'"[a-z_]+"', text))

    collect()
    best: list[str] = []
    seen: Counter[str] = Counter()
    while len(best) < count:
        left = [text for text in found if text not in best]
        best.append(max(left, key=lambda text: sum(0.3 ** seen[word] for word in found[text]) / len(text) ** 0.5))
        seen.update(found[best[-1]])
    return sorted(best, key=len)


if __name__ == "__main__":
    print("\n".join(chosen(int(sys.argv[1]))))
