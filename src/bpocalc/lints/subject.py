"""What rules look at: a loaded scenario, with its outsourced options, legs and charges laid out side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from bpocalc.about import Input
from bpocalc.quantity import Quantity
from bpocalc.scenario.charges import AnyCharge
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.function import Function
from bpocalc.scenario.labor import Team
from bpocalc.scenario.loading import Loaded
from bpocalc.scenario.option import Leg, Outsourced

if TYPE_CHECKING:
    from bpocalc.comparison import Comparison


SEVERANCE = r"severance|redundan|dismissal|lay ?off|abfindung"
"""What a line is called that pays people who are dismissed."""


class Limits(NamedTuple):
    """Bounds that are asked for on the command line."""

    max_age: int | None = None
    """Months that a figure may be old when the scenario starts."""
    min_grade: str = ""
    """The least grade of a reference figure."""


class Option(NamedTuple):
    """An outsourced option, under the name that results have."""

    name: str
    function: Function
    option: Outsourced


class Place(NamedTuple):
    """A leg of an outsourced option; a flat option is its own."""

    name: str
    function: Function
    option: Outsourced
    leg: Leg


class Subject:
    """A scenario as the rules see it."""

    def __init__(self, loaded: Loaded, limits: Limits) -> None:
        self.loaded = loaded
        self.scenario = loaded.scenario
        self.months = loaded.clock.months
        self.limits = limits

    @cached_property
    def comparison(self) -> Comparison:
        """The scenario computed; the first rule that asks for it pays for it."""
        from bpocalc.comparison import compare
        from bpocalc.model.run import run

        return compare(run(self.loaded))

    @cached_property
    def options(self) -> list[Option]:
        """The outsourced options of all functions."""
        return [
            Option(f"{key}.{name}", function, option)
            for key, function in self.scenario.functions.items()
            for name, option in function.options.items()
            if isinstance(option, Outsourced)
        ]

    @cached_property
    def outsourced(self) -> dict[str, Function]:
        """The functions that have an outsourced option, by their key."""
        return {name.partition(".")[0]: function for name, function, _ in self.options}

    @cached_property
    def legs(self) -> list[Place]:
        """The legs of all outsourced options."""
        return [
            Place(f"{name}.{key}" if key else name, function, option, leg)
            for name, function, option in self.options
            for key, leg in option.parts.items()
        ]

    @cached_property
    def inputs(self) -> list[Input]:
        """Every input that is not merely neutral, in the order of the file."""
        found = [q.about for q in self.loaded.inputs.values() if isinstance(q.about, Input) and q.about.stated]
        return sorted(found, key=lambda item: item.place or ("", 0, 0, 0))

    @cached_property
    def charges(self) -> list[tuple[Place, str, AnyCharge]]:
        """Every charge with its leg and its name."""
        return [
            (place, f"{place.name}.{key}", charge) for place in self.legs for key, charge in place.leg.charges.items()
        ]

    @cached_property
    def added_costs(self) -> list[tuple[Option, str, Cost]]:
        """Every cost line that an outsourced option adds, with its name."""
        return [
            (option, f"{option.name}.{key}", cost) for option in self.options for key, cost in costs_of(option.option)
        ]

    @property
    def discount(self) -> float:
        """The discount rate a year."""
        return self.scenario.discount_rate.rate.figure


def costs_of(option: Outsourced) -> Iterator[tuple[str, Cost]]:
    """The cost lines of an option and its legs, those of the transition included, each once."""
    legs = [leg for leg in option.parts.values() if leg is not option]
    held: list[Mapping[str, Cost]] = [part for leg in [option, *legs] for part in (leg.costs, leg.transition.costs)]
    return chain.from_iterable(costs.items() for costs in held)


def teams_of(function: Function) -> Mapping[str, Team]:
    """The in-house teams."""
    return function.in_house.teams


@lru_cache(maxsize=4096)
def called(key: str, title: str, words: str) -> bool:
    """Whether a line is called by one of some words, in its key or its title; words are parted by `|`."""
    return re.search(words, f"{key} {title}".replace("_", " "), re.IGNORECASE) is not None


def last(q: Quantity | None) -> float:
    """A figure, or what it is in the last month; 0 where there is none."""
    if q is None:
        return 0.0
    return q.value[-1] if isinstance(q.value, tuple) else q.value


def percent(share: float) -> str:
    """A share in words: `12.5 %`."""
    return f"{share * 100:.3g} %"
