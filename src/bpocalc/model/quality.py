"""Quality: the cost of errors and of watching for them, on both sides."""

from __future__ import annotations

from bpocalc.model.book import Lines, line
from bpocalc.model.improved import blended_line, same
from bpocalc.model.scene import Scene
from bpocalc.model.side import Setting
from bpocalc.quantity import ONE, ZERO, Quantity
from bpocalc.scenario.option import InHouse
from bpocalc.scenario.quality import Monitoring, Quality


@line("$/month", "quality")
def errors(units: Quantity, quality: Quality, growth: Quantity) -> Quantity:
    """Cost of errors: units × error rate × cost per error."""
    return units * quality.error_rate * quality.cost_per_error * growth


@line("$/month", "quality")
def monitoring(units: Quantity, part: Monitoring, growth: Quantity) -> Quantity:
    """Watching the quality: units × share looked at × time × cost of an hour."""
    return units * part.sampled * part.time * part.hourly * growth


@line("units/month")
def units_staying(volume: Quantity, away: Quantity) -> Quantity:
    """Units that are handled in-house."""
    return volume * (ONE - away)


@line("units/month")
def units_moved(volume: Quantity, taken: Quantity) -> Quantity:
    """Units that a leg handles."""
    return volume * taken


def in_house(side: InHouse, setting: Setting, lines: Lines) -> None:
    """Quality of all the work in-house."""
    if side.quality is not None:
        _put(side.quality, _volume(side.quality, setting), setting, lines.within("quality"), cost=True)


def improved(old: InHouse, new: InHouse, progress: Quantity, setting: Setting, lines: Lines) -> None:
    """Quality of an improved in-house side: what the overlay changes comes with its ramp."""
    if old.quality is None and new.quality is None:
        return
    within = lines.within("quality")
    if new.quality is not None and same(old.quality, new.quality):
        _put(new.quality, _volume(new.quality, setting), setting, within, cost=True)
        return
    today, later = (
        _put(side.quality, _volume(side.quality, setting), setting, within.within(word), cost=False)
        if side.quality
        else {}
        for side, word in ((old, "today"), (new, "improved"))
    )
    for name, function in (("errors", errors), ("monitoring", monitoring)):
        if name in today or name in later:
            ends = [made.get(name, ZERO) for made in (today, later)]
            within.cost(blended_line, *ends, progress, name=name, title=function.label, category="quality")


def outsourced(scene: Scene) -> None:
    """Quality of the work that stays, and of the work of every leg."""
    setting, lines = scene.setting, scene.lines
    if scene.side.quality is not None:
        volume, within = _volume(scene.side.quality, setting), lines.within("quality.staying")
        _put(scene.side.quality, within.driver(units_staying, volume, scene.away), setting, within, cost=True)
    for key, leg in scene.option.parts.items():
        if leg.quality is not None:
            volume, within = _volume(leg.quality, setting), lines.within(key).within("quality")
            units = within.driver(units_moved, volume, scene.moved.taken[key])
            _put(leg.quality, units, setting, within, cost=True)


def _volume(quality: Quality, setting: Setting) -> Quantity:
    """The volume whose quality is meant."""
    return setting.work.of(quality.for_demand).staffed("follow")


def _put(quality: Quality, units: Quantity, setting: Setting, lines: Lines, *, cost: bool) -> dict[str, Quantity]:
    """Errors and monitoring of some units, as costs or as drivers of them."""
    put = lines.cost if cost else lines.driver
    growth = setting.inflation if quality.growth is None else lines.clock.yearly(quality.growth)
    made = {"errors": put(errors, units, quality, growth)}
    if quality.monitoring is not None:
        made["monitoring"] = put(monitoring, units, quality.monitoring, setting.inflation)
    return made
