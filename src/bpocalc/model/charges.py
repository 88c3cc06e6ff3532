"""The provider's charges of an option, assembled step by step, with minimum charges and volume discounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bpocalc.model import pricing, scale
from bpocalc.model.book import Lines, line
from bpocalc.model.side import Setting, State, prepare
from bpocalc.model.transition import Moved
from bpocalc.quantity import Quantity, sum_of
from bpocalc.scenario.option import Leg
from bpocalc.scenario.pricing import AnyCharge, CostPlus, Fixed, PerFte, PerHour, PerUnit
from bpocalc.scenario.scale import Provider


class Charged(NamedTuple):
    """What the providers of an option charge."""

    fees: Quantity
    spend: dict[str, Quantity]
    """Charges before discount, by provider with a volume discount."""
    discount: dict[str, Quantity]
    """The volume discount of each of them, as a negative cost."""


class Ground(NamedTuple):
    """What the charges of one leg are worked out from."""

    full: State
    taken: Quantity
    ramp: Quantity
    units: Quantity | None
    setting: Setting
    lines: Lines


@line("$/month")
def fees(lines: list[Quantity]) -> Quantity:
    """Provider fees: all charges, with minimum charges and volume discounts."""
    return sum_of(lines)


@line("$/month")
def should_cost(lines: list[Quantity]) -> Quantity:
    """The provider's own cost: people, seats and everything else at its location."""
    return sum_of(lines)


@line("$/month")
def with_margin(cost: Quantity, charge: CostPlus) -> Quantity:
    """The provider's own cost with its margin."""
    return cost * (1 + charge.margin)


def charges_of(
    legs: Mapping[str, Leg],
    provider: str | None,
    full: State,
    moved: Moved,
    setting: Setting,
    providers: Mapping[str, Provider],
    lines: Lines,
) -> Charged:
    """Every charge of every leg, minimum charges, and each provider's volume discount on the option's own spend."""
    all_lines: list[Quantity] = []
    by_provider: dict[str, list[Quantity]] = {}
    for key, leg in legs.items():
        within = lines.within(key)
        taken, ramp = moved.taken[key], moved.ramps[key]
        has_volume = setting.work.volume is not None
        units = within.driver(pricing.units, setting.work, taken) if has_volume else None
        ground = Ground(full, taken, ramp, units, setting, within)
        made = [line for name, charge in leg.charges.items() for line in _charge(name, charge, ground)]
        all_lines.extend(made)
        name = leg.provider or provider
        if name is not None and name in providers and providers[name].volume_discount is not None:
            by_provider.setdefault(name, []).extend(made)
    spend, discount = {}, {}
    for name, made in by_provider.items():
        spend[name] = lines.driver(scale.spend, made, of=name)
        discount[name] = discount_of(name, spend[name], providers[name], lines)
        all_lines.append(discount[name])
    return Charged(lines.driver(fees, all_lines), spend, discount)


def discount_of(name: str, spend: Quantity, provider: Provider, lines: Lines) -> Quantity:
    """The volume discount of a provider on a spend, as a negative cost line."""
    assert provider.volume_discount is not None
    of_year = lines.driver(scale.year_spend, spend, lines.clock, of=name)
    saved = lines.driver(scale.year_discount, of_year, provider.volume_discount, lines.clock, of=name)
    return lines.cost(scale.volume_discount, spend, of_year, saved, of=name, title=f"volume discount, {name}")


def _charge(name: str, charge: AnyCharge, ground: Ground) -> list[Quantity]:
    """The cost lines of one charge: the charge itself, and what it falls short of its minimum."""
    lines, title = ground.lines, charge.title or name
    base = _base(name, charge, ground)
    charged = lines.cost(
        pricing.charge_line, base, pricing.factors_of(name, charge, lines), name=f"charges.{name}", title=title
    )
    if charge.minimum is None:
        return [charged]
    least = lines.driver(pricing.floor, charge, ground.ramp, of=name)
    title = f"{title}, short of its minimum"
    return [charged, lines.cost(pricing.shortfall, least, charged, charge, lines.clock, of=name, title=title)]


def _base(name: str, charge: AnyCharge, ground: Ground) -> Quantity:
    """What is charged at the base price."""
    full, taken, ramp, units, setting, lines = ground
    if isinstance(charge, PerFte):
        billed = lines.driver(pricing.billed_fte, charge, full.heads, taken, ramp, of=name)
        return lines.driver(pricing.fte_charge, billed, charge, of=name, name="base")
    if isinstance(charge, PerHour):
        billed = lines.driver(pricing.billed_hours, charge, units, ramp, of=name)
        return lines.driver(pricing.price_times, billed, charge.price, of=name, name="base")
    if isinstance(charge, Fixed):
        return lines.driver(pricing.fixed_fee, charge, ramp, of=name, name="base")
    if isinstance(charge, CostPlus):
        within = lines.within(f"provider.{name}")
        side = prepare(charge.teams, charge.workplace, charge.costs, setting, within)
        state = State(side, within, taken, ramp, fresh=True).complete()
        cost = lines.driver(should_cost, list(state.found.values()), of=name)
        return lines.driver(with_margin, cost, charge, of=name, name="base")
    assert units is not None
    if isinstance(charge, PerUnit):
        return lines.driver(pricing.price_times, units, charge.price, of=name, name="base")
    counted, scaled = units, ramp
    if charge.period == "year":
        counted = lines.driver(pricing.tier_units, units, lines.clock, of=name)
        scaled = lines.driver(pricing.tier_scale, ramp, lines.clock, of=name)
    priced = lines.driver(pricing.tiered_price, counted, scaled, charge, of=name)
    if charge.period == "month":
        return priced
    return lines.driver(pricing.tiered_charge, units, counted, priced, of=name, name="base")
