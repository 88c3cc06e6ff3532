"""Automation at a provider: what the buyer pays for it; by how much the charges fall belongs to pricing."""

from __future__ import annotations

from bpocalc.model.book import line
from bpocalc.model.scene import Scene
from bpocalc.quantity import Quantity, where
from bpocalc.scenario.automation import Automation
from bpocalc.timeline import Clock


@line("$/month", "automation")
def build(part: Automation, clock: Clock) -> Quantity:
    """Building the automation, paid once in the month in which it begins."""
    return part.build * clock.in_month(part.start)


@line("$/month", "automation")
def licence(part: Automation, growth: Quantity, taken: Quantity, clock: Clock) -> Quantity:
    """Licences of the automation, once it is built and while the leg has any of the work."""
    return part.licence * growth * clock.from_month(part.start + part.months) * where(taken > 0, 1, 0)


@line("$/month", "automation")
def running(units: Quantity, automated: Quantity, part: Automation, growth: Quantity) -> Quantity:
    """Running the automation: a price for each unit that software handles."""
    return units * automated * part.run * growth


def outsourced(scene: Scene) -> None:
    """What the buyer pays for the automation of every leg."""
    clock = scene.lines.clock
    for key, leg in scene.option.parts.items():
        part = leg.automation
        if part is None:
            continue
        lines = scene.lines.within(key).within("automation")
        growth = scene.setting.inflation if part.growth is None else clock.yearly(part.growth)
        lines.cost(build, part, clock, once=True, title="building the automation")
        taken = scene.moved.taken[key]
        lines.cost(licence, part, growth, taken, clock, title="licences of the automation")
        volume = scene.setting.work.of(part.for_demand).volume
        if volume is not None:
            entry = scene.lines.book.entries[f"{lines.prefix}.automated"]
            args = (volume * taken, entry.quantity, part, growth)
            lines.cost(running, *args, name="run", title="running the automation")
