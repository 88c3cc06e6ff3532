"""Units and bounds: what a field of the scenario may hold, and how it becomes an input quantity."""

from __future__ import annotations

from math import nextafter
from typing import Any

from pydantic_core.core_schema import ValidationInfo

from bpocalc.about import Input, Line, Place
from bpocalc.document import NOWHERE, Map, Origin, Seq
from bpocalc.overlay import is_steps
from bpocalc.problems import Problem
from bpocalc.quantity import Quantity, apply, named, pick
from bpocalc.scenario.context import UNREAD, Loading
from bpocalc.scenario.figures import (
    LEAST,
    MOST,
    UNKNOWN,
    NoNumber,
    Read,
    Unreadable,
    Written,
    commas,
    is_share,
    parsed,
    read_figure,
)


class In:
    """A figure: its unit (`$` stands for the reporting currency), its bounds, and whether it may take yearly steps.

    With `monthly` it may also be a list with a figure for each month of the scenario.
    """

    def __init__(
        self,
        unit: str,
        *,
        ge: float | None = None,
        gt: float | None = None,
        le: float | None = None,
        steps: bool = False,
        monthly: bool = False,
    ) -> None:
        self.unit, self.ge, self.gt, self.le, self.steps, self.monthly = unit, ge, gt, le, steps, monthly
        most = 1 if is_share(unit) else MOST
        self.least = max(-most, -MOST if ge is None else ge, -MOST if gt is None else nextafter(gt, MOST))
        self.most = most if le is None else min(most, le)
        """Between these a figure needs no closer look; a share of more than 1 does."""

    def read(self, value: Any, info: ValidationInfo) -> Quantity:
        """The figure of a field, from how it is written, a quantity or a bare number."""
        if type(value) is Written:
            return self.load(value, "", info.context)
        if isinstance(value, Quantity):
            return value
        name = info.field_name or "figure"
        return self.load(Written(value, NOWHERE.called(name)), name, info.context)

    def load(self, written: Written, name: str, loading: Loading | None) -> Quantity:
        """The input that was written, in messages called by its name, or else by the last word of its address.

        Without a document (in tests) a wrong figure raises ValueError.
        """
        node, origin, _ = written
        address = origin.address
        if loading and address in loading.loaded:
            return loading.loaded[address]
        if isinstance(node, Map) and is_steps(node):
            made = self._steps(node, origin, name or last_word(address), loading)
        elif self.monthly and loading and isinstance(node, Seq):
            made = self._months(node, origin, name or last_word(address), loading)
        else:
            made = self._input(written, name, loading)
        if loading:
            loading.loaded[address] = made
        return made

    def _input(self, written: Written, name: str, loading: Loading | None) -> Quantity:
        read = self._plain(written.node)
        if read is None:
            read = self._looked_at(written, name or last_word(written.origin.address), loading)
        return UNREAD if read is None else self._made(read, written, loading)

    def _made(self, read: Read, written: Written, loading: Loading | None) -> Quantity:
        """The input of a figure that was understood, or its worth where it is in another currency."""
        origin, unit, case = written.origin, self.unit, ""
        address, place = origin.address, origin.value
        if loading:
            unit = unit.replace("$", read.currency or loading.currency)
            if loading.case and place in loading.set_by_case:
                case = loading.case
        about = Input(
            address, unit, place, written.stated, self.ge if self.ge is not None else self.gt, self.le,
            read.spread, read.source, read.written, case, self.ge is None,
        )  # fmt: skip
        made = Quantity(read.value, about=about)
        if loading:
            loading.inputs[address] = made
            if read.currency and read.currency != loading.currency:
                rate = loading.rate(read.currency, origin)
                return made if rate is None else made * rate
        return made

    def _plain(self, node: Any) -> Read | None:
        """A figure without anything beside it and within its bounds, as most are; None for what needs a closer look."""
        kind, currency, shown = type(node), "", ""
        if kind is str:
            try:
                node, currency = parsed(shown := node, self.unit)
            except NoNumber:
                return None
        elif (kind is not float and kind is not int) or self.unit == "hours":
            return None
        if not self.least <= node <= self.most or 0 < abs(node) < LEAST:
            return None
        return Read(float(node), currency, self.unit, None, UNKNOWN, shown)

    def _looked_at(self, written: Written, name: str, loading: Loading | None) -> Read | None:
        """What is written, held against the bounds; None where it is not understood, which is noted."""
        problems: list[Problem] = []
        read: Read | None = None
        try:
            read = read_figure(written, self.unit, name, problems)
            self._bounded(read.value, name, written.origin.value, percent="%" in read.written)
            self._bounded_range(read, name, written)
        except Unreadable as error:
            problems.append(error.problem)
            read = None
        if problems and loading is None:
            raise ValueError(problems[0].message)
        if loading:
            loading.problems.extend(problems)
        return read

    def _bounded_range(self, read: Read, name: str, written: Written) -> None:
        if read.spread:
            for key in ("low", "high"):
                end, node = getattr(read.spread, key), written.node
                self._bounded(end, f"{key} of {name}", node.origin[key].value, percent="%" in str(node[key]))

    def _bounded(self, value: float, name: str, place: Place, *, percent: bool) -> None:
        said = ""
        if self.ge is not None and value < self.ge:
            said = f"at least {self.ge:g}" if self.ge else "not negative"
        elif self.gt is not None and value <= self.gt:
            said = f"above {self.gt:g}"
        elif self.le is not None and value > self.le:
            said = f"at most {self.le * 100:g} %" if is_share(self.unit) else f"at most {self.le:g}"
        bare = not percent and abs(value) > 1 and is_share(self.unit)
        if not said and not bare:
            return
        shown = f"{value * 100:g} %" if percent else f"{value:g}"
        sensible = self.le is None or value / 100 <= self.le
        hint = f"did you mean {value:g}%?" if bare and sensible else ""
        what = f"{shown}, it must be {said}" if said else f"{shown}, which is {value * 100:g} %"
        raise Unreadable("BPO006", f"{name} is {what}", place, hint)

    def _months(self, node: Seq, origin: Origin, name: str, loading: Loading) -> Quantity:
        items = [
            self._input(Written(x, o), f"{name} of month {number}", loading)
            for number, (x, o) in enumerate(zip(node, node.origin, strict=True), 1)
        ]
        clock, many = loading.clock, f"{len(items)} figure{'' if len(items) == 1 else 's'}"
        if not loading.counted or len(items) != clock.months:
            if loading.counted:
                months = f"{clock.months} month{'' if clock.months == 1 else 's'}"
                said = f"{name} is a list of {many}, and the scenario has {months}"
                loading.note("BPO005", said, origin, "give one figure for each month")
            return UNREAD
        row = apply("series", clock.month, *items)
        unit = self.unit.replace("$", loading.currency)
        return named(row, Line(origin.address, unit, f"{name} month by month"), clock.month)

    def _steps(self, node: Map, origin: Origin, name: str, loading: Loading | None) -> Quantity:
        if loading is None:
            raise ValueError(f"{name} in yearly steps needs a scenario")
        if not self.steps:
            loading.note("BPO005", f"{name} cannot change from year to year", origin, "give one figure")
            return UNREAD
        steps: dict[int, Quantity] = {}
        for key, value in node.items():
            year, at = int(key), node.origin[key]
            if hint := commas(node, key):
                loading.note("BPO016", f"'{key}' is no year of {name}", at, hint, key=True)
                continue
            if year in steps:
                loading.note("BPO007", f"year {year} of {name} is written twice", at, "keep one of the two", key=True)
            steps[year] = self._input(Written(value, at), f"{name} of year {year}", loading)
        first = min(steps)
        if first != 1:
            at = next(node.origin[key] for key in node if int(key) == first)
            loading.note("BPO021", f"the steps of {name} begin in year {first}", at, "begin with year 1", key=True)
        items = [steps.get(1, UNREAD)]
        for year in range(2, min(max(steps), loading.clock.years) + 1):
            items.append(steps.get(year, items[-1]))
        row = pick(loading.clock.year, items)
        unit = self.unit.replace("$", loading.currency)
        return named(row, Line(origin.address, unit, f"{name} in yearly steps"), loading.clock.month)


def last_word(address: str) -> str:
    """What a figure is called where its field has no other name."""
    return address.rpartition(".")[2]


class Each:
    """A named map of figures, or a list of them, of one length or of any."""

    def __init__(self, item: In, length: int = 0, *, any_length: bool = False) -> None:
        self.item, self.length, self.any_length = item, length, any_length

    def read(self, value: Any, info: ValidationInfo) -> Any:
        """The figures of a field, by name or in their order."""
        if value is UNREAD:  # missing, and noted
            return () if self.any_length else {}
        name = info.field_name or "figures"
        node, origin = (value.node, value.origin) if isinstance(value, Written) else (value, NOWHERE)
        loading: Loading | None = info.context
        if self.length or self.any_length:
            if not isinstance(node, list) or len(node) != (self.length or len(node) or 1):
                many = f"{self.length} figures" if self.length else "one figure or more"
                said = f"{name} is a list of {many}" + (f", not of {len(node)}" if isinstance(node, list) else "")
                if loading is None:
                    raise ValueError(said)
                loading.note("BPO005", said, origin)
                return ()
            origins = node.origin if isinstance(node, Seq) else [origin] * len(node)
            return tuple(
                self.item.load(Written(x, o), f"item {i} of {name}", loading)
                for i, (x, o) in enumerate(zip(node, origins, strict=True), 1)
            )
        if not isinstance(node, dict) or not node:
            if loading is None:
                raise ValueError(f"{name} is a map of figures")
            loading.note("BPO005", f"{name} is a map of names and figures", origin)
            return {}
        places = node.origin if isinstance(node, Map) else dict.fromkeys(node, origin)
        return {key: self.item.load(Written(x, places[key]), f"{key} in {name}", loading) for key, x in node.items()}
