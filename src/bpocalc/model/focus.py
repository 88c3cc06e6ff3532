"""Focus: management time that is freed as the work leaves, a soft benefit."""

from __future__ import annotations

from bpocalc.model.book import line
from bpocalc.model.scene import Scene
from bpocalc.quantity import Quantity
from bpocalc.scenario.focus import Focus


@line("hours/month")
def freed_hours(part: Focus, away: Quantity) -> Quantity:
    """Management hours freed: those spent on the function, for the share of the work that has moved."""
    return part.management_hours * away


@line("$/month", "focus")
def focus(hours: Quantity, part: Focus, growth: Quantity) -> Quantity:
    """Focus: what freed management time is worth as far as it is put to use, as a negative cost."""
    return 0 - hours * part.value_per_hour * part.realised * growth


def outsourced(scene: Scene) -> None:
    """The management time that an outsourced option frees."""
    part, lines = scene.side.focus, scene.lines
    if part is not None:
        growth = scene.setting.inflation if part.growth is None else lines.clock.yearly(part.growth)
        hours = lines.driver(freed_hours, part, scene.away)
        lines.cost(focus, hours, part, growth, soft=True, title="freed management time")
