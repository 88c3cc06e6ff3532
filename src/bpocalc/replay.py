"""Replay: remembered formulas computed again with some of their quantities replaced, by numbers or by arrays.

    replay = Replay([saving])              # the results wanted: made once, whatever is moved
    plan = replay.plan(["fx.PHP", "care.outage"])   # what is replaced, by address: inputs, or lines
    plan.floats({"fx.PHP": 0.018})         # -> [value of saving]: a float, or a tuple by month
    plan.arrays({"fx.PHP": draws})         # draws by trial, or by month and trial
                                           # -> [array of saving]: by trial, or by month and trial

What a plan may replace and is given no value keeps its own. Only what hangs on the replaced quantities is computed;
numbers go through the very functions of a run, so that they come out equal to the last bit. On arrays, what is alike in
all months stays one row, and trials go by in chunks: memory hangs on the results, not on the number of formulas.
Which formulas there are never changes: what decides that (months, kinds, names) is no quantity, and cannot be moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bpocalc.quantity import Quantity, describe
from bpocalc.trace import walk
from bpocalc.words import FUNCTIONS, OF_LINES, Value, compiled

if TYPE_CHECKING:
    from bpocalc.arrays import Array, Function

CHUNK = 250
"""Trials computed at once: an array of five years by so many stays in the cache of a processor."""


class Step(NamedTuple):
    """One formula: its word, for its combination of rows and figures, on the values in some slots, into a slot."""

    word: str
    kinds: tuple[type, ...]
    args: tuple[int, ...]
    out: int


class Replay:
    """Results whose formulas can be computed again."""

    def __init__(self, results: Sequence[Quantity]) -> None:
        self.results = tuple(results)
        self.order = walk(results)
        self.place = {id(q): number for number, q in enumerate(self.order)}
        self.named = {describe(q): number for number, q in enumerate(self.order) if q.about is not None}
        self.months = max([len(q.row) for q in self.order if q.is_row], default=1)
        self._users: list[list[int]] = [[] for _ in self.order]
        self.args = [[self.place[id(arg)] for arg in q.args] for q in self.order]
        for number, args in enumerate(self.args):
            for arg in args:
                self._users[arg].append(number)

    def __contains__(self, address: str) -> bool:
        """Whether a result hangs on the input or line of that address."""
        return address in self.named

    def plan(self, moving: Iterable[str]) -> Plan:
        """The steps from inputs and lines to the results; KeyError for an address on which no result hangs."""
        return Plan(self, {name: self.named[name] for name in moving})

    def moved(self, places: Iterable[int]) -> list[int]:
        """The places of all that hangs on what is at these places, arguments first."""
        start = set(places)
        seen, stack = set(start), list(start)
        while stack:
            for user in self._users[stack.pop()]:
                if user not in seen:
                    seen.add(user)
                    stack.append(user)
        return sorted(seen - start)


def plan(results: Sequence[Quantity], moving: Iterable[str]) -> Plan:
    """The steps from inputs and lines to some results; KeyError for an address on which none of them hangs."""
    return Replay(results).plan(moving)


class Plan:
    """The steps from what is replaced to the results, each once."""

    def __init__(self, replay: Replay, moving: Mapping[str, int]) -> None:
        self._replay = replay
        self._slots: dict[int, int] = {}
        """The slot of each quantity, by its place."""
        self._start: list[Value] = []
        """The values with which every replay begins, by slot: those that do not move, and those that it replaces."""
        self.steps: list[Step] = []
        self.moving = {name: self._slot(place) for name, place in moving.items()}
        self._compile(replay.moved(moving.values()))
        self._results = [self._slot(replay.place[id(q)]) for q in replay.results]
        self._on_numbers: list[tuple[Callable[..., Value], tuple[int, ...], int]] = []
        self._on_arrays: _OnArrays | None = None

    def _slot(self, place: int) -> int:
        """The slot of a quantity; one that no step computes begins with its value."""
        slot = self._slots.get(place)
        if slot is None:
            slot = self._slots[place] = len(self._start)
            self._start.append(self._replay.order[place].value)
        return slot

    def _compile(self, places: list[int]) -> None:
        """A step for each formula, but for a mere heading, and for what an equal step computes already."""
        replay, made = self._replay, dict[tuple[str, tuple[int, ...]], int]()
        for place in places:
            q = replay.order[place]
            args = tuple([self._slot(arg) for arg in replay.args[place]])
            if q.word == "line":
                self._slots[place] = args[0]
            elif (q.word, args) in made:
                self._slots[place] = made[q.word, args]
            else:
                out = made[q.word, args] = self._slot(place)
                self.steps.append(Step(q.word, tuple([type(arg.value) for arg in q.args]), args, out))

    def floats(self, values: Mapping[str, Value]) -> list[Value]:
        """The results with numbers in place of others, in their units; a row takes one for each month.

        ZeroDivisionError and OverflowError where a run would raise them.
        """
        if not self._on_numbers:
            self._on_numbers = [
                (FUNCTIONS.get((word, *kinds)) or compiled(word, kinds), args, out)
                for word, kinds, args, out in self.steps
            ]
        found = self._start.copy()
        for name, value in values.items():
            found[self.moving[name]] = value
        for function, args, out in self._on_numbers:
            found[out] = function(*[found[arg] for arg in args])
        return [found[slot] for slot in self._results]

    def arrays(self, values: Mapping[str, Array], chunk: int = CHUNK) -> list[Array]:
        """The results with arrays in place of numbers: by trial for a figure, by month and trial for a row.

        A value is an array by trial or, for a row, by month and trial. What a run would refuse, such as a division by
        zero, is nan or infinite in its trial. ValueError for arrays of different lengths.
        """
        if self._on_arrays is None:
            self._on_arrays = _OnArrays(self.steps, self._start, self._results, self._replay)
        return self._on_arrays({self.moving[name]: value for name, value in values.items()}, chunk)


class _OnArrays:
    """The steps of a plan as functions of arrays, each with the slots that nothing needs after it."""

    def __init__(self, steps: list[Step], start: list[Value], results: list[int], replay: Replay) -> None:
        from bpocalc.arrays import array_of, function_of

        self.start = [array_of(value) for value in start]
        self.results = [(slot, q.is_row) for slot, q in zip(results, replay.results, strict=True)]
        self.months = replay.months
        self.steps: list[tuple[Function, tuple[int, ...], int, list[int]]] = []
        needed = set(results)
        for word, kinds, args, out in reversed(steps):
            function = self._across(function_of(word, kinds), kinds) if word in OF_LINES else function_of(word, kinds)
            self.steps.append((function, args, out, [slot for slot in set(args) if slot not in needed]))
            needed.update(args)
        self.steps.reverse()

    def _across(self, function: Function, kinds: tuple[type, ...]) -> Function:
        """A function that looks across months: every row that it is given has all of them."""
        from bpocalc.arrays import over_months

        months = self.months
        return lambda *args: function(
            *[over_months(a, months) if kind is tuple else a for a, kind in zip(args, kinds, strict=True)]
        )

    def __call__(self, values: Mapping[int, Array], chunk: int) -> list[Array]:
        import numpy as np

        lengths = {np.shape(value)[-1] for value in values.values()} or {1}
        if len(lengths) > 1:
            raise ValueError(f"the arrays are of different lengths: {sorted(lengths)}")
        (trials,) = lengths
        made = [np.empty((self.months, trials) if is_row else (1, trials)) for _, is_row in self.results]
        with np.errstate(all="ignore"):
            for first in range(0, trials, chunk):
                part = slice(first, first + chunk)
                found = self._chunk({slot: np.asarray(a, dtype=float)[..., part] for slot, a in values.items()})
                for whole, (slot, _) in zip(made, self.results, strict=True):
                    whole[:, part] = found[slot]
        return [whole if is_row else whole[0] for whole, (_, is_row) in zip(made, self.results, strict=True)]

    def _chunk(self, values: Mapping[int, Array]) -> list[Array]:
        found = self.start.copy()
        nothing = found[0][:0]
        for slot, value in values.items():
            found[slot] = value.reshape(-1, value.shape[-1])
        for function, args, out, done in self.steps:
            found[out] = function(*[found[arg] for arg in args])
            for slot in done:
                found[slot] = nothing
        return found
