"""What falls after the last month: in how many trials a delay takes money out of sight."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.comparison import Comparison
from bpocalc.quantity import Quantity
from bpocalc.replay import Replay
from bpocalc.scenario.option import Improved, Leg
from bpocalc.studies.simulation import Simulation


def late(simulation: Simulation) -> dict[str, float]:
    """By address the share of the trials in which a transition or what is paid once ends after the last month."""
    months = simulation.comparison.run.book.clock.months
    found: dict[str, float] = {}
    for address, end in _ends(simulation.comparison):
        replay = Replay([end])
        moving = {name: draws for name, draws in simulation.inputs.items() if name in replay}
        if moving:
            share = float((replay.plan(moving).arrays(moving)[0] > months).mean())
            found |= {address: share} if share else {}
    return found


def _ends(comparison: Comparison) -> Iterator[tuple[str, Quantity]]:
    """The month in which each transition ends, and that in which each one-off item is paid."""
    for ways in comparison.run.functions.values():
        for key in ways.outcomes.keys() & ways.function.options.keys():
            option = ways.function.options[key]
            parts: list[Leg | Improved] = [option] if isinstance(option, Improved) else [*option.parts.values()]
            for part in parts:
                yield part.transition.address or part.address, part.transition.start + part.transition.months
                for cost in [*part.costs.values(), *part.transition.costs.values()]:
                    if cost.month is not None:
                        yield cost.address, cost.month
