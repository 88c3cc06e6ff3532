"""Loading: a document becomes a scenario, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic_core import ValidationError

from bpocalc.about import Line, Place
from bpocalc.document import Map, Origin, Seq, decode, read
from bpocalc.locations import currencies, per_euro
from bpocalc.problems import Invalid, Problem, did_you_mean, misspelt
from bpocalc.quantity import ONE, Quantity, named_figure
from bpocalc.scenario.checks import check
from bpocalc.scenario.context import MOST_PROBLEMS, UNREAD, Enough, Loading
from bpocalc.scenario.currencies import CURRENCIES
from bpocalc.scenario.fields import In
from bpocalc.scenario.figures import Written, kind_of
from bpocalc.scenario.overrides import Chosen, override, with_case
from bpocalc.scenario.parts import is_text
from bpocalc.scenario.scenario import Scenario, spelled_out
from bpocalc.timeline import MOST_MONTHS, Clock, Month

CardFile = tuple[str, bytes]
"""A rate card as it was read: the name by which problems call it, and its bytes."""
RATE = In("rate", gt=0)
READ_ON = ("BPO007", "BPO009")
"""Problems of form after which the rest of a file is still what was meant."""
DRIFT = In("per year", gt=-1, le=1)


class Loaded(NamedTuple):
    """A valid scenario with its clock, its inputs by address, and what deserves a warning."""

    scenario: Scenario
    clock: Clock
    inputs: Mapping[str, Quantity]
    rates: Mapping[str, Quantity]
    """Exchange rates met, by currency."""
    steps: list[Quantity]
    """Figures that change from year to year."""
    warnings: list[Problem]
    case: str = ""
    """The case under which it was loaded; empty without one."""
    taken: Mapping[str, Place] = MappingProxyType({})
    """Where the scenario asked for each figure of the reference data."""
    sources: Mapping[str, str] = MappingProxyType({})
    """The texts that warnings point into, by file."""


class Opened(NamedTuple):
    """A document that was read, what is wrong with its form, and the texts that problems point into."""

    doc: Map
    problems: list[Problem]
    sources: dict[str, str]
    cards: Sequence[CardFile] = ()
    """Rate cards beside the one that the document may name; the last one comes first."""


def open_text(data: bytes, file: str, cards: Sequence[CardFile] = ()) -> Opened:
    """The document in the bytes of a file; Invalid where its form leaves open what was meant."""
    text, problems = decode(data, file)
    sources = {file: text}
    if problems:
        raise Invalid(problems, sources)
    doc, problems = read(text, file)
    if len(problems) > MOST_PROBLEMS:
        problems = [*problems[:MOST_PROBLEMS], and_more(problems[:MOST_PROBLEMS])]
    if any(p.code not in READ_ON for p in problems):
        raise Invalid(problems, sources)
    return Opened(doc, problems, sources, cards)


def load_text(
    data: bytes, file: str, overrides: list[str] | None = None, case: str = "", cards: Sequence[CardFile] = ()
) -> Loaded:
    """The scenario in the bytes of a file under one of its cases, then with overrides such as `months=36` made in it.

    Raises Invalid with all problems found, and NoCase for a case that the scenario does not have.
    """
    return load_opened(open_text(data, file, cards), overrides, case)


def load_opened(opened: Opened, overrides: list[str] | None = None, case: str = "") -> Loaded:
    """The scenario of a document that was read, as `load_text` gives it."""
    return load(*prepared(opened, overrides, case))


def and_more(problems: list[Problem]) -> Problem:
    """What is said at the last of the problems where there are more of them than anybody reads."""
    said = "there are more problems; only so many are looked for"
    return problems[-1]._replace(code="BPO010", message=said, hint="", severity="error")


class Prepared(NamedTuple):
    """A document as it is loaded: under its case and with its overrides."""

    doc: Map
    sources: dict[str, str]
    problems: list[Problem]
    chosen: Chosen
    cards: Sequence[CardFile] = ()


def prepared(opened: Opened, overrides: list[str] | None = None, case: str = "") -> Prepared:
    """A document under one of its cases, then with overrides made in it; NoCase for a case that it does not have."""
    problems, sets = list(opened.problems), named_sets(overrides)
    doc, chosen = with_case(opened.doc, case, problems)
    for name, text in sets.items():
        doc = override(doc, text, name, problems)
    return Prepared(doc, opened.sources | sets, problems, chosen, opened.cards)


def named_sets(overrides: list[str] | None) -> dict[str, str]:
    """Overrides by what problems call them: `--set`, or `--set[1]` and so on where there are several."""
    several = len(overrides or []) > 1
    return {f"--set[{number}]" if several else "--set": text for number, text in enumerate(overrides or [], 1)}


def load(
    doc: Map,
    sources: dict[str, str],
    problems: list[Problem] | None = None,
    chosen: Chosen | None = None,
    cards: Sequence[CardFile] = (),
) -> Loaded:
    """The scenario of a document, in which a case has been chosen; Invalid with all problems, those handed in too."""
    loading = Loading(clock=Clock(1), currency="", rate=lambda code, origin: None, problems=problems or [])
    loading.case, loading.set_by_case = chosen or Chosen()
    loading.locations = doc["locations"] if isinstance(doc.get("locations"), Map) else {}
    scenario: Scenario | None = None
    try:
        loading.clock = _clock(doc, loading)
        loading.dated = doc.get("start") is not None or bool(misspelt(doc, Scenario.known(), "start"))
        loading.currency = _currency(doc, loading)
        rates = _Rates(doc, sources, loading)
        loading.rate = rates.rate
        if cards or doc.get("rates") is not None:
            from bpocalc.scenario.rate_cards import merged

            loading.card = merged(doc, cards, sources, loading)
        scenario = Scenario.loaded(doc, loading)
        check(scenario, loading)
    except ValidationError as error:
        loading.problems.extend(_from_pydantic(error, doc))
    except Enough:
        loading.problems.append(and_more(loading.problems))
    finally:
        loading.rate = lambda code, origin: None  # the rates know the loading: apart, both are gone after use
    errors = [p for p in loading.problems if p.severity == "error"]
    if errors:
        raise Invalid(loading.problems, sources)
    assert scenario is not None
    steps = [made for made in loading.loaded.values() if isinstance(made.about, Line)]
    return Loaded(
        scenario,
        loading.clock,
        loading.inputs,
        rates.made,
        steps,
        loading.problems,
        loading.case,
        loading.taken,
        sources,
    )


def _clock(doc: Map, loading: Loading) -> Clock:
    """The months and their start; what is wrong with them is noted, and the most months stand in for wrong ones."""
    _whole(doc, "bpocalc", "1", loading)
    months, start = _whole(doc, "months", "60", loading), None
    if months is not None and not 1 <= months <= MOST_MONTHS:
        code = "BPO010" if months > 0 else "BPO006"
        said = f"months is {months:,}, it must be from 1 to {MOST_MONTHS}"
        loading.note(code, said, doc.origin["months"])
        months = None
    if is_text(text := doc.get("start")):
        start = Month.parse(str(text))
        if start is None:
            loading.note("BPO016", f"start is '{text}', not a month", doc.origin["start"], "write start: 2027-01")
    loading.counted = months is not None
    return Clock(months if months is not None else MOST_MONTHS, start)


def _whole(doc: Map, name: str, example: str, loading: Loading) -> int | None:
    """A whole number of the header; None where there is none, noted where it is something else."""
    value = doc.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if value is not None:
        said = f"{name} is {kind_of(value)}, not a whole number"
        loading.note("BPO005", said, doc.origin[name], f"write {name}: {example}")
    return None


def _currency(doc: Map, loading: Loading) -> str:
    """The reporting currency; empty where it is missing or wrong, which is noted."""
    code = doc.get("currency")
    if not is_text(code):
        return ""
    if code not in CURRENCIES:
        loading.note("BPO014", f"'{code}' is no currency", doc.origin["currency"], did_you_mean(str(code), CURRENCIES))
        return ""
    return str(code)


class _Rates:
    """The exchange rates of one scenario: those it states, else those of the reference data."""

    def __init__(self, doc: Map, sources: Mapping[str, str], loading: Loading) -> None:
        self.doc = doc
        self.sources = sources
        self.loading = loading
        self.stated: Any = doc["fx"] if isinstance(doc.get("fx"), Map) else Map()
        self.made: dict[str, Quantity] = {}
        for code in self.stated:
            at = self.stated.origin[code]
            if code not in CURRENCIES:
                loading.note("BPO014", f"'{code}' is no currency", at, did_you_mean(code, CURRENCIES), key=True)
            elif code == loading.currency:
                said = f"{code} is the reporting currency: its rate is 1"
                loading.note("BPO021", said, at, "leave it out", key=True)

    def rate(self, code: str, origin: Origin) -> Quantity | None:
        """What one unit of the currency is worth in the reporting currency; None where a problem was noted."""
        if code in self.made:
            return self.made[code]
        loading = self.loading
        if origin.file not in self.sources:  # a figure of the reference data
            origin = self.doc.origin.get("currency", origin)
        if code not in CURRENCIES:
            loading.note("BPO014", f"'{code}' is no currency", origin, did_you_mean(code, CURRENCIES))
            return None
        if not loading.currency:
            return None
        if code in self.stated:
            made = self._stated(code)
        elif {code, loading.currency} <= currencies():
            made = self._cross(code, origin)
        else:
            hint = f"write it under 'fx', for example:  fx: {{{code}: 0.0172}}"
            loading.note("BPO011", f"no exchange rate for {code}", origin, hint, lack=f"fx.{code}")
            return None
        self.made[code] = made
        return made

    def _stated(self, code: str) -> Quantity:
        section = spelled_out(self.stated, code)
        if section.get("rate") is None:
            return UNREAD  # noted where the section is read
        rate = RATE.load(Written(section["rate"], section.origin["rate"]), code, self.loading)
        if section.get("drift") is None:
            return rate
        drift = DRIFT.load(Written(section["drift"], section.origin["drift"]), "drift", self.loading)
        clock = self.loading.clock
        return clock.line(
            rate * clock.yearly(drift),
            f"rate.{code}",
            f"{self.loading.currency}/{code}",
            f"Worth of one {code}",
        )

    def _cross(self, code: str, asked: Origin) -> Quantity:
        """A rate by way of the euro, from the reference data."""

        def euro(currency: str) -> Quantity:
            if currency == "EUR":
                return ONE
            node, origin = per_euro()[currency]
            self.loading.taken.setdefault(origin.address, asked.value)
            return RATE.load(Written(node, origin), currency, self.loading)

        line = Line(f"rate.{code}", f"{self.loading.currency}/{code}", f"Worth of one {code}, by way of the euro")
        return named_figure(euro(self.loading.currency) / euro(code), line)


def _from_pydantic(error: ValidationError, doc: Map) -> list[Problem]:
    """What pydantic still found, each at the nearest place in the document."""
    out: list[Problem] = []
    for item in error.errors(include_url=False):
        if item["type"] == "missing":
            continue
        node: Any = doc
        origin = doc.at
        for step in item["loc"]:
            if isinstance(node, Map) and str(step) in node:
                origin, node = node.origin[str(step)], node[str(step)]
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
                origin, node = node.origin[step], node[step]
        if item["loc"] in (("months",), ("currency",), ("start",)):
            continue
        out.append(Problem("BPO005", f"{origin.address or 'the scenario'}: {item['msg'].lower()}", origin.value))
    return out
