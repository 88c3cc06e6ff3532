"""The bridge: from the cost of the baseline to that of an option, cause by cause, adding up in every month.

Work moved is a cost less, dual running and stranded cost are what of it stays; then comes what the provider charges,
then every other category. An improved in-house side has no work that moves: its steps are the categories.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from bpocalc.mixes import Mix, bundle_discount
from bpocalc.model.book import Entry, Lines, line
from bpocalc.model.charge_parts import bands_in, scale_in
from bpocalc.model.in_house import Split
from bpocalc.model.payment import payment_terms
from bpocalc.model.pricing import charge_line, shortfall
from bpocalc.model.run import Run, Ways
from bpocalc.model.scale import volume_discount
from bpocalc.quantity import ONE, Quantity, describe, sum_of
from bpocalc.streams import Discounter, Stream, order

WORK_MOVED, DUAL_RUNNING, STRANDED = "work_moved", "dual_running", "stranded"
PRICE, MINIMUM, SCALE, TERMS = "price", "minimum", "scale", "payment_terms"
CAUSES = (WORK_MOVED, DUAL_RUNNING, STRANDED, PRICE, MINIMUM, SCALE, TERMS)
"""The causes that are no categories, in the order of reports."""
TITLES = {
    WORK_MOVED: "work moved",
    DUAL_RUNNING: "dual running",
    STRANDED: "stranded cost",
    PRICE: "provider price",
    MINIMUM: "minimum and bands",
    SCALE: "scale and discounts",
    TERMS: "payment terms",
    "other": "other costs",
}
FEES = {
    shortfall.label: MINIMUM,
    volume_discount.label: SCALE,
    bundle_discount.label: SCALE,
    payment_terms.label: TERMS,
}
"""The causes of fees that are no price, by the label of their lines."""
IN_HOUSE = "in_house"


class Step(NamedTuple):
    """What one cause adds to the cost, or takes off it."""

    cause: str
    title: str
    nominal: Quantity
    discounted: Quantity


class Term(NamedTuple):
    """A cost in a step: with the discount factors of its instant, added or taken off."""

    quantity: Quantity
    factor: Quantity
    added: bool = True


Position = dict[str, list[Term]]
"""By cause how a way to run a function differs from doing all the work in-house."""
Work = Mapping[str, tuple[Entry, Quantity]]
"""The in-house lines that are paid again and again, by name, with the discount factors of their instants."""


@line("$/month")
def all_work(lines: Sequence[Quantity]) -> Quantity:
    """In-house cost of all the work, one-off items apart."""
    return sum_of(lines)


@line("$/month")
def step(terms: Sequence[Term]) -> Quantity:
    """Step of the bridge: what a cause adds to the cost of the baseline, or takes off it."""
    return _together(terms)


@line("$/month")
def step_discounted(terms: Sequence[Term], step: Quantity) -> Quantity:
    """Present value of a step of the bridge: each cost in it times the discount factor of its instant."""
    factors = {id(term.factor): term.factor for term in terms}
    if len(factors) == 1:
        return step * terms[0].factor
    return sum_of(_together([term for term in terms if term.factor is at]) * at for at in factors.values())


@line("$/month")
def steps_together(steps: Sequence[Quantity]) -> Quantity:
    """Steps of the bridge added up."""
    return sum_of(steps)


@line("$/month")
def gap(steps: Quantity, saving: Quantity) -> Quantity:
    """What the steps of the bridge leave open between the baseline and the option: nothing."""
    return steps + saving


def _together(terms: Sequence[Term]) -> Quantity:
    """The terms in their order, so that two of the same size leave nothing."""
    if [term.added for term in terms] == [True, False]:
        return terms[0].quantity - terms[1].quantity
    return sum_of(term.quantity if term.added else 0 - term.quantity for term in terms)


class Bridges:
    """The bridges of a comparison; their steps are put into the book when they are asked for."""

    def __init__(
        self,
        run: Run,
        streams: Mapping[str, Mapping[str, Stream]],
        baselines: Mapping[str, str],
        mixes: Mapping[str, Mix],
        discounter: Discounter,
    ) -> None:
        """`streams` holds each result by function, or `total`, and its name; `baselines` the name of each baseline."""
        self.run, self.streams, self.baselines, self.mixes = run, streams, baselines, mixes
        self.discounter = discounter
        self.made: dict[str, list[Step]] = {}
        self.parts: dict[str, list[Step]] = {}
        """What of the steps is labor rate and productivity, where that was asked for."""

    def steps(self, group: str, result: str) -> list[Step]:
        """The steps from the baseline of a function, or of the whole scenario, to one of its results."""
        address = f"{group}.{result}"
        if address not in self.made:
            lines = self.run.book.lines(address)
            if result == self.baselines[group]:
                self.made[address] = []
            else:
                steps = self._joint(result, lines) if group == "total" else self._between(group, result, lines)
                self.made[address] = steps
                self._close(steps, lines)
        return self.made[address]

    def complete(self) -> None:
        """Put the steps of all results into the book."""
        for group, results in self.streams.items():
            for result in results:
                self.steps(group, result)

    def _close(self, steps: Sequence[Step], lines: Lines) -> None:
        """The lines that show that the steps add up."""
        entries = self.run.book.entries
        for which, name, saving in (
            ("nominal", "bridge", "saving"),
            ("discounted", "bridge_discounted", "saving_discounted"),
        ):
            whole = lines.driver(steps_together, [getattr(one, which) for one in steps], name=f"{name}_sum")
            lines.driver(gap, whole, entries[f"{lines.prefix}.{saving}"].quantity, name=f"{name}_gap")

    def _between(self, function: str, option: str, lines: Lines) -> list[Step]:
        """The steps from the baseline of a function to an option."""
        ways, base = self.run.functions[function], self.baselines[function]
        if ways.outcomes[option].split is None and ways.outcomes[base].split is None:
            return _by_category(self.streams[function][option], self.streams[function][base], lines)
        found = self._position(function, ways, option)
        for cause, terms in self._position(function, ways, base).items():
            found.setdefault(cause, []).extend(term._replace(added=not term.added) for term in terms)
        return [_step(cause, terms, lines) for cause in ordered(found) if (terms := _cancelled(found[cause]))]

    def _position(self, function: str, ways: Ways, option: str) -> Position:
        """How a way to run a function differs from doing all the work in-house, one-off items there being none."""
        outcome, stream = ways.outcomes[option], self.streams[function][option]
        counted = {name for name, _, _ in self.streams[function][IN_HOUSE].lines}
        work = {
            name: (entry, self.discounter.factor(entry.instant))
            for name, entry in ways.outcomes[IN_HOUSE].costs.items()
            if name in ways.full.found and name in counted and not entry.once
        }
        found: Position = {}
        if outcome.split is not None:
            splits = [part for part in (outcome.split, outcome.soft_split) if part]
            parts = [part for part in splits if part.lines[0].keys() <= work.keys()]
            states = [self._all_work(function, work), *(_state(parts, which, work) for which in range(3))]
            for cause, (before, after) in zip((WORK_MOVED, DUAL_RUNNING, STRANDED), pairwise(states), strict=True):
                pairs = zip_longest(after, (term._replace(added=False) for term in before))
                found[cause] = [term for pair in pairs for term in pair if term is not None]
        elif option != IN_HOUSE:
            for entry, factor in work.values():
                found.setdefault(entry.category, []).append(Term(entry.quantity, factor, added=False))
        apart = work if outcome.split is not None or option == IN_HOUSE else {}
        for name, entry, factor in stream.lines:
            if name not in apart:
                cause = cause_of(name, entry)
                found.setdefault(cause, []).append(Term(entry.quantity, factor))
                for other, part in self._parts(entry) if label_of(entry) == charge_line.label else ():
                    found[PRICE].append(Term(part, factor, added=False))
                    found.setdefault(other, []).append(Term(part, factor))
        return found

    def _parts(self, entry: Entry) -> Iterator[tuple[str, Quantity]]:
        """What of a charge is no price, by its cause."""
        book, address = self.run.book, describe(entry.quantity)
        for cause, part in ((MINIMUM, bands_in(address, book)), (SCALE, scale_in(address, book))):
            if part is not None:
                yield cause, part

    def _all_work(self, function: str, work: Work) -> list[Term]:
        """The in-house cost of all the work, added up where it is all paid at one instant."""
        terms = [Term(entry.quantity, factor) for entry, factor in work.values()]
        if not _at_once(work):
            return terms
        lines = self.run.book.lines(f"{function}.{IN_HOUSE}")
        known = self.run.book.entries.get(f"{lines.prefix}.{all_work.name}")
        added_up = known.quantity if known else lines.driver(all_work, [term.quantity for term in terms])
        return [Term(added_up, terms[0].factor)]

    def _joint(self, mix: str, lines: Lines) -> list[Step]:
        """The steps of all functions of a mix, and what is joint at its providers and no longer at the baselines'."""
        found: dict[str, list[tuple[Quantity, Quantity]]] = {}
        titles = dict(TITLES)
        for function, option in self.mixes[mix].options.items():
            for one in self.steps(function, option):
                found.setdefault(one.cause, []).append((one.nominal, one.discounted))
                titles[one.cause] = one.title
        for name, entry, factor in self.streams["total"][mix].lines:
            found.setdefault(cause_of(name, entry), []).append((entry.quantity, entry.quantity * factor))
        for name, entry, factor in self.streams["total"][self.baselines["total"]].lines:
            found.setdefault(cause_of(name, entry), []).append((0 - entry.quantity, 0 - entry.quantity * factor))
        made = []
        for cause in ordered(found):
            title = titles.get(cause, cause)
            rows = [
                lines.within(word).driver(steps_together, list(parts), name=cause, title=title)
                for word, parts in zip(("bridge", "bridge_discounted"), zip(*found[cause], strict=True), strict=True)
            ]
            made.append(Step(cause, title, *rows))
        return made


def _at_once(work: Work) -> bool:
    """Whether all the work is paid at one instant of the month."""
    return len({id(factor) for _, factor in work.values()}) == 1


def _state(parts: Sequence[Split], which: int, work: Work) -> list[Term]:
    """The work in one of the three states of a split, added up where it is all paid at one instant."""
    if _at_once(work):
        _, factor = next(iter(work.values()))
        return [Term(part.sums[which], factor) for part in parts]
    lines = {name: q for part in parts for name, q in part.lines[which].items()}
    return [Term(lines[name], factor) for name, (_, factor) in work.items() if name in lines]


def cause_of(name: str, entry: Entry) -> str:
    """The cause under which a line of an option is added up."""
    if name.startswith("retained."):
        return "retained"
    return FEES.get(label_of(entry), PRICE) if entry.category == "fees" else entry.category


def label_of(entry: Entry) -> str:
    """What all lines of a kind have in common."""
    return getattr(entry.quantity.about, "label", "")


def ordered(causes: Mapping[str, object]) -> list[str]:
    """Causes in the order of reports."""
    return [*(cause for cause in CAUSES if cause in causes), *order([name for name in causes if name not in CAUSES])]


def _cancelled(terms: Sequence[Term]) -> list[Term]:
    """The terms without those that are added and taken off."""
    added = {id(term.quantity) for term in terms if term.added}
    both = {id(term.quantity) for term in terms if not term.added} & added
    return [term for term in terms if id(term.quantity) not in both]


def _step(cause: str, terms: Sequence[Term], lines: Lines) -> Step:
    """A step and its present value, put into the book."""
    title = TITLES.get(cause, cause)
    nominal = lines.within("bridge").driver(step, terms, name=cause, title=title)
    worth = lines.within("bridge_discounted").driver(step_discounted, terms, nominal, name=cause, title=title)
    return Step(cause, title, nominal, worth)


def _by_category(option: Stream, base: Stream, lines: Lines) -> list[Step]:
    """The steps between two ways in-house, category by category."""
    made = []
    for name in order([*base.by_category, *option.by_category]):
        rows, title = [], TITLES.get(name, name)
        for which, word in enumerate(("bridge", "bridge_discounted")):
            sides = [(side.by_category.get(name), side is option) for side in (option, base)]
            terms = [Term(found[which], ONE, added) for found, added in sides if found is not None]
            rows.append(lines.within(word).driver(step, terms, name=name, title=title))
        made.append(Step(name, title, *rows))
    return made
