"""Loading: a document becomes a scenario, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from bpocalc.about import Line
from bpocalc.document import Map, Origin, Seq, decode, read, read_value
from bpocalc.locations import currencies, per_euro
from bpocalc.overlay import put
from bpocalc.problems import Invalid, Problem, did_you_mean
from bpocalc.quantity import ONE, Quantity, named_figure
from bpocalc.scenario.checks import check
from bpocalc.scenario.currencies import CURRENCIES
from bpocalc.scenario.fields import In, Loading
from bpocalc.scenario.figures import Written
from bpocalc.scenario.scenario import Scenario, spelled_out
from bpocalc.timeline import MONTHS, MOST_MONTHS, Clock, Month

RATE = In("rate", gt=0)
DRIFT = In("per year", gt=-1, le=1)


class Loaded(NamedTuple):
    """A valid scenario with its clock, its inputs by address, and what deserves a warning."""

    scenario: Scenario
    clock: Clock
    inputs: Mapping[str, Quantity]
    rates: Mapping[str, Quantity]
    """Exchange rates met, by currency."""
    warnings: list[Problem]


def load_text(data: bytes, file: str, overrides: list[str] | None = None) -> Loaded:
    """The scenario in the bytes of a file, with overrides such as `months=36` made in it.

    Raises Invalid with all problems found.
    """
    text, problems = decode(data, file)
    sources = {file: text}
    if problems:
        raise Invalid(problems, sources)
    doc, problems = read(text, file)
    if problems and any(p.code in ("BPO001", "BPO010", "BPO019") for p in problems):
        raise Invalid(problems, sources)
    for number, override in enumerate(overrides or [], 1):
        name = "--set" if len(overrides or []) == 1 else f"--set[{number}]"
        sources[name] = override
        doc = _override(doc, override, name, problems)
    return load(doc, sources, problems)


def _override(doc: Map, text: str, name: str, problems: list[Problem]) -> Map:
    """The document with one override made."""
    address, equals, value = text.partition("=")
    address = address.strip()
    place = Origin(address, name, 1, 1, max(1, len(address)), 1, len(text) - len(value) + 1, max(1, len(value)))
    if not equals or not address:
        hint = "write it as  functions.care.in_house.teams.agents.wage=21.50"
        problems.append(Problem("BPO024", "an override is an address, '=' and a value", place.key, hint))
        return doc
    node, wrong = read_value(" " * (len(text) - len(value)) + value, name, address)
    problems.extend(wrong)
    try:
        return doc if wrong else put(doc, address, node, place)
    except KeyError as error:
        said = f"'{address}' leads through '{error.args[0]}', which is no section"
        problems.append(Problem("BPO024", said, place.key, "an address is the path of keys in the file"))
        return doc


def load(doc: Map, sources: Mapping[str, str], problems: list[Problem] | None = None) -> Loaded:
    """The scenario of a document; Invalid with all problems, those handed in included."""
    loading = Loading(clock=Clock(1), currency="", rate=lambda code, origin: None, problems=problems or [])
    loading.locations = doc["locations"] if isinstance(doc.get("locations"), Map) else {}
    loading.clock = _clock(doc, loading)
    loading.currency = _currency(doc, loading)
    rates = _Rates(doc, loading)
    loading.rate = rates.rate
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(doc, context=loading)
    except ValidationError as error:
        loading.problems.extend(_from_pydantic(error, doc))
    if scenario is not None:
        check(scenario, loading)
    errors = [p for p in loading.problems if p.severity == "error"]
    if errors:
        raise Invalid(loading.problems, sources)
    assert scenario is not None
    return Loaded(scenario, loading.clock, loading.inputs, rates.made, loading.problems)


def _clock(doc: Map, loading: Loading) -> Clock:
    """The months and their start; noted and replaced by a year where they are wrong."""
    months, start = doc.get("months"), None
    if "months" in doc and (isinstance(months, bool) or not isinstance(months, int)):
        loading.note("BPO005", f"months is '{months}', not a whole number", doc.origin["months"], "write months: 60")
    elif isinstance(months, int) and not 1 <= months <= MOST_MONTHS:
        code = "BPO010" if months > 0 else "BPO006"
        said = f"months is {months:,}, it must be from 1 to {MOST_MONTHS}"
        loading.note(code, said, doc.origin["months"])
    if (text := doc.get("start")) is not None:
        start = Month.parse(str(text)) if isinstance(text, str) else None
        if start is None:
            loading.note("BPO016", f"start is '{text}', not a month", doc.origin["start"], "write start: 2027-01")
    fine = isinstance(months, int) and not isinstance(months, bool) and 1 <= months <= MOST_MONTHS
    return Clock(int(months or MONTHS) if fine else MONTHS, start)


def _currency(doc: Map, loading: Loading) -> str:
    code = doc.get("currency")
    if code is None:
        return ""
    if code not in CURRENCIES:
        loading.note("BPO014", f"'{code}' is no currency", doc.origin["currency"], did_you_mean(str(code), CURRENCIES))
        return ""
    return str(code)


class _Rates:
    """The exchange rates of one scenario: those it states, else those of the reference data."""

    def __init__(self, doc: Map, loading: Loading) -> None:
        self.loading = loading
        self.stated: Any = doc["fx"] if isinstance(doc.get("fx"), Map) else Map()
        self.made: dict[str, Quantity] = {}
        for code in self.stated:
            if code not in CURRENCIES:
                hint = did_you_mean(code, CURRENCIES)
                loading.note("BPO014", f"'{code}' is no currency", self.stated.origin[code], hint, key=True)

    def rate(self, code: str, origin: Origin) -> Quantity | None:
        """What one unit of the currency is worth in the reporting currency; None where a problem was noted."""
        if code in self.made:
            return self.made[code]
        loading = self.loading
        if code not in CURRENCIES:
            loading.note("BPO014", f"'{code}' is no currency", origin, did_you_mean(code, CURRENCIES))
            return None
        if code in self.stated:
            made = self._stated(code)
        elif {code, loading.currency} <= currencies():
            made = self._cross(code)
        else:
            hint = f"write it under 'fx', for example:  fx: {{{code}: 0.0172}}"
            loading.note("BPO011", f"no exchange rate for {code}", origin, hint)
            return None
        self.made[code] = made
        return made

    def _stated(self, code: str) -> Quantity:
        section = spelled_out(self.stated, code)
        rate = RATE.load(Written(section.get("rate"), section.origin.get("rate", section.at)), code, self.loading)
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

    def _cross(self, code: str) -> Quantity:
        """A rate by way of the euro, from the reference data."""

        def euro(currency: str) -> Quantity:
            if currency == "EUR":
                return ONE
            node, origin = per_euro()[currency]
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
