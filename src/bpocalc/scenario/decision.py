"""The decision: what an option must save to be chosen, and what difference is too small to matter."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from bpocalc.document import Map, read
from bpocalc.locations import Reference
from bpocalc.quantity import Quantity
from bpocalc.scenario.context import Loading
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Money, Part, Share

FILE = "rules.yaml"
THRESHOLD = "threshold"
FEES, COST = "fees", "cost"
SIDES = ("in_house", "baseline", "option")
CATEGORIES = (
    "personnel", "workplace", "other", FEES, "retained", "governance", "transition", "security", "change", "quality",
    "risk", "communication", "exit",
)  # fmt: skip
"""The usual categories of cost."""

RuleName = Literal["any_saving", "threshold", "us_a76", "vermont", "maryland", "florida", "texas", "market_110"]


class Rule(NamedTuple):
    """A decision rule as it is published."""

    title: str
    at_tie: bool
    """Whether a saving of exactly what is required passes."""
    of: str = ""
    source: str = ""
    edition: str = ""
    figures: dict[str, Reference] = {}
    """Its figures, by the field of the decision that they fill."""

    @property
    def published(self) -> bool:
        """Whether it was published by someone, so that a scenario can only be modelled on it."""
        return bool(self.source)


@cache
def _read() -> Map:
    doc, problems = read(Path(__file__).with_name(FILE).read_text("utf-8"), f"scenario/{FILE}")
    if problems:
        raise ValueError(f"{FILE}: {problems[0].message}")
    return doc


@cache
def rule_of(name: str) -> Rule:
    """The rule of a name; KeyError for one that is not known."""
    node: Map = _read()[name]
    texts = {key: str(node.get(key, "")) for key in ("of", "source", "edition")}
    known = {"source": f"{texts['source']}, {texts['edition']}", "note": node["title"]}
    known |= {"as_of": str(node["as_of"])} if "as_of" in node else {}
    found = {}
    for key in ("saving_at_least", "capped_at"):
        if key in node:
            origin = node.origin[key]
            items = {"value": node[key], **known}
            found[key] = Reference(items, dict.fromkeys(items, origin), origin)
    return Rule(node["title"], node["tie"] == "passes", **texts, figures=found)


class Decision(Part):
    """What an option must save to be chosen instead of the baseline, and what difference is too small to matter."""

    rule: RuleName | None = None
    """The rule by which each option is judged; `threshold` is your own, the others bring their figures."""
    saving_at_least: Annotated[Quantity, In("share", ge=0, le=1)] | None = None
    """Share of the base that must be saved."""
    of: str | None = None
    """The base, over all months: `in_house.cost` or a category such as `in_house.personnel`, the same of `baseline` \
or `option`, or `fees`."""
    capped_at: Money | None = None
    """Amount beyond which no more need be saved."""
    materiality: Share | None = None
    """Options whose present values differ by less than this share of the baseline's are a tie."""

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Lay the figures of a published rule under what the scenario says."""
        name = data.get("rule")
        if not isinstance(name, str) or name not in _read():
            return data
        out = data.copy()
        for key, figure in rule_of(name).figures.items():
            if out.get(key) is None:
                out[key] = figure
                out.origin[key] = figure.at.called(f"{data.at.address}.{key}")
        return out

    @property
    def base(self) -> str:
        """What the share is of, that of the rule where the scenario names none; empty where nothing need be saved."""
        return self.of or (rule_of(self.rule).of if self.rule else "")
