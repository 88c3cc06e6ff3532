"""The assumption book: every input of a scenario, with its range, source and age, and whether a result hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from bpocalc.about import Input, Place, Spread
from bpocalc.comparison import Comparison
from bpocalc.quantity import Quantity
from bpocalc.timeline import Month, age_between, month_of
from bpocalc.trace import behind

Kind = Literal["stated", "case", "set", "card", "reference", "neutral"]
"""Stated in the file, set by its case or on the command line, from a rate card, from the reference data, or neutral."""
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMED = 3
"""So many addresses are named in a sentence."""


class Assumption(NamedTuple):
    """One input, with all that is known about it."""

    address: str
    label: str
    """Its topic: the last part of the address, with its number where it is one of several."""
    kind: Kind
    used: bool
    """Whether a result of the comparison hangs on it."""
    value: float
    """In its unit."""
    unit: str
    written: str
    """The text as it was written, where it carries a unit."""
    low: float | None
    high: float | None
    dist: str
    """How `low` and `high` are meant; empty without a range."""
    source: str
    as_of: str
    """A year, a month or a day."""
    age: int | None
    """Whole months from `as_of` to the scenario's start, below zero for what is later; None where either is missing."""
    owner: str
    note: str
    """A remark; for reference data, what the figure covers."""
    grade: str
    """How far a figure of the reference data is to be trusted."""
    place: Place | None
    """Where it was written; for what is not stated, the section that says nothing of it."""
    case: str = ""
    """The case that set it."""


class Register(NamedTuple):
    """The inputs of a scenario: what is stated in the order of the file, then reference data, then what is neutral."""

    title: str
    currency: str
    start: str | None
    months: int
    assumptions: tuple[Assumption, ...]

    def of(self, *kinds: Kind) -> list[Assumption]:
        """Those of some kinds."""
        return [item for item in self.assumptions if item.kind in kinds]

    @property
    def stated(self) -> list[Assumption]:
        """What the file, one of its cases, the command line or a rate card says."""
        return self.of("stated", "case", "set", "card")

    @property
    def unsourced(self) -> list[Assumption]:
        """What is stated without a source."""
        return [item for item in self.stated if not item.source]

    @property
    def oldest(self) -> list[Assumption]:
        """Those of the oldest month."""
        dated = [(month, item) for item in self.assumptions if (month := month_of(item.as_of))]
        first = min((month for month, _ in dated), default=None)
        return [item for month, item in dated if month == first]

    @property
    def later(self) -> list[Assumption]:
        """Those dated after the scenario's start."""
        return [item for item in self.assumptions if item.age is not None and item.age < 0]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each kind, and how many that deserve a look."""
        return {kind: len(self.of(kind)) for kind in KINDS} | {
            "without_source": len(self.unsourced),
            "after_start": len(self.later),
            "unused": sum(not item.used for item in self.assumptions),
        }


def assumptions(comparison: Comparison) -> Register:
    """Every input of the scenario of a comparison; of one in parts only, the others are unused."""
    loaded = comparison.run.loaded
    hanging, start = _hanging(comparison), loaded.clock.start
    found = [
        _assumption(q.about, q.figure, start, used=id(q) in hanging, currency=loaded.scenario.currency)
        for q in loaded.inputs.values()
        if isinstance(q.about, Input)
    ]
    return Register(
        loaded.scenario.title,
        loaded.scenario.currency,
        str(start) if start else None,
        loaded.clock.months,
        tuple(sorted(found, key=_order)),
    )


def _hanging(comparison: Comparison) -> set[int]:
    """The identities of all that the results were computed from."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    results: list[Quantity] = [q for group in groups for r in group.results.values() for q in r.metrics.values()]
    return {id(q) for q in behind(results)}


def _assumption(about: Input, value: float, start: Month | None, *, used: bool, currency: str) -> Assumption:
    source = about.source
    spread: Spread | None = about.spread
    return Assumption(
        address=about.address,
        label=_label(about.address),
        kind=_kind(about),
        used=used,
        value=value + 0.0,  # never −0.0
        unit=_rate_unit(about.address, currency) if about.unit == "rate" else about.unit,
        written=about.written,
        low=spread.low if spread else None,
        high=spread.high if spread else None,
        dist=spread.dist if spread else "",
        source=source.text,
        as_of=source.as_of,
        age=age_between(source.as_of, start),
        owner=source.owner,
        note=source.note,
        grade=source.grade,
        place=about.place,
        case=about.case,
    )


def _kind(about: Input) -> Kind:
    if not about.stated:
        return "neutral"
    if about.source.reference:
        return "reference"
    if about.source.card:
        return "card"
    if about.case:
        return "case"
    return "set" if about.place and about.place.file.startswith("--set") else "stated"


def _label(address: str) -> str:
    """`seasonality 3` for `….demand.seasonality.3`."""
    parts = address.split(".")
    named = [number for number, part in enumerate(parts) if not part.isdecimal()]
    return " ".join(parts[named[-1] :]).replace("_", " ") if named else address


def _rate_unit(address: str, currency: str) -> str:
    """The unit of an exchange rate: `USD/PHP` for `fx.PHP`, `PHP/EUR` for the reference rate `fx.per_euro.PHP`."""
    _, _, code = address.removesuffix(".rate").partition(".")
    over, _, euro = code.rpartition(".")
    return f"{euro}/EUR" if over else f"{currency}/{code}"


def _order(item: Assumption) -> tuple[int, int, str, int, int, str]:
    """What is stated first, then what is set; within these by place, where --set[2] comes before --set[10]."""
    place = item.place or Place("", 0, 0, 0)
    return KINDS.index(item.kind), len(place.file), place.file, place.line, place.column, item.address


def age_of(item: Assumption) -> str:
    """How old a figure is when the scenario starts; empty where that is not known."""
    if item.age is None:
        return ""
    many = f"{abs(item.age)} month{'' if abs(item.age) == 1 else 's'}"
    if item.age < 0:
        return f"{many} after the start"
    return f"{many} old at the start" if item.age else "of the month of the start"


def findings(register: Register) -> Iterator[str]:
    """What a reviewer should look at first."""
    stated, bare = len(register.stated), len(register.unsourced)
    if bare:
        yield f"{bare} of {stated} stated figures name no source."
    elif stated:
        yield f"All {stated} stated figures name their source."
    if oldest := register.oldest:
        first = oldest[0]
        when = f", {age_of(first)}" if first.age is not None else ""
        yield f"The oldest figure is of {first.as_of}{when}: {_named(oldest)}."
        if register.start is None:
            yield "The scenario says no start, so that no figure has an age."
    if later := register.later:
        yield f"Dated after the start: {_named(later)}."
    idle = [item for item in register.of("stated", "case", "set", "card", "reference") if not item.used]
    if idle:
        yield f"No result hangs on {_named(idle)}."


def _named(items: list[Assumption]) -> str:
    """The addresses of a few, and how many more there are; each is marked where it stands."""
    named = ", ".join(item.address for item in items[:NAMED])
    return f"{named} and {len(items) - NAMED} more" if len(items) > NAMED else named


def sections(entries: list[Assumption]) -> dict[str, list[tuple[str, Assumption]]]:
    """The entries by section, each with the rest of its address; a section of one figure joins the next one above."""
    held = Counter(_above(item.address) for item in entries)
    joined: dict[str, str] = {}
    for section in sorted(held, key=lambda name: -name.count(".")):
        above = _above(section)
        while above and not held[above]:
            above = _above(above)
        if held[section] == 1 and above:
            joined[section] = above
            held[above] += 1
            held[section] = 0
    out: dict[str, list[tuple[str, Assumption]]] = {}
    for item in entries:
        section = _above(item.address)
        section = joined.get(section, section)
        out.setdefault(section, []).append((item.address.removeprefix(f"{section}."), item))
    return out


def _above(address: str) -> str:
    return address.rpartition(".")[0]
