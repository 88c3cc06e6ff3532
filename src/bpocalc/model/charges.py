"""The provider's charges of an option, assembled step by step, with minimum charges and volume discounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from bpocalc.model import gain_share, pricing, scale
from bpocalc.model.banded import banded
from bpocalc.model.book import Lines, line
from bpocalc.model.contract import Term
from bpocalc.model.side import Setting, State, prepare
from bpocalc.model.transition import Moved
from bpocalc.quantity import ZERO, Quantity, sum_of
from bpocalc.scenario.banded import Banded
from bpocalc.scenario.charges import Priced
from bpocalc.scenario.gain_share import GainShare
from bpocalc.scenario.option import Leg
from bpocalc.scenario.pricing import Blended, ByOutcome, CostPlus, Fixed, PerFte, PerHour, PerMinute, Tiered, UnitCharge
from bpocalc.scenario.provider import Provider


class Charged(NamedTuple):
    """What the providers of an option charge."""

    fees: Quantity
    spend: dict[str, Quantity]
    """Charges before discount, by provider with a volume discount."""
    discount: dict[str, Quantity]
    """The volume discount of each of them, as a negative cost."""
    invoiced: dict[str, Quantity]
    """All that is charged for each leg that has payment terms."""


class Ground(NamedTuple):
    """What the charges of one leg are worked out from."""

    full: State
    taken: Quantity
    ramp: Quantity
    units: Quantity | None
    share: Quantity
    setting: Setting
    lines: Lines
    automation: Quantity | None
    """What all but fixed charges are multiplied by, where software takes over some of the work."""
    term: Term


@line("$/month")
def fees(lines: list[Quantity]) -> Quantity:
    """Provider fees: all charges, with minimum charges and volume discounts."""
    return sum_of(lines)


@line("$/month")
def leg_invoice(parts: list[Quantity]) -> Quantity:
    """All that is charged for the leg: its charges with their part of the volume discount, and gain shares."""
    return sum_of(parts)


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
    term: Term,
    lines: Lines,
) -> Charged:
    """Every charge of every leg, minimum charges, and each provider's volume discount on the option's own spend."""
    all_lines: list[Quantity] = []
    by_leg: dict[str, list[Quantity]] = {}
    by_provider: dict[str, list[Quantity]] = {}
    for key, leg in legs.items():
        within = lines.within(key)
        taken, ramp = moved.taken[key], moved.ramps[key]
        units = {work.name: within.driver(pricing.units, work, taken, of=work.name) for work in setting.work.each}
        automation = pricing.price_factor(leg.automation, within)
        ground = Ground(full, taken, ramp, None, leg.share, setting, within, automation, term)
        made = []
        for word, charge in leg.charges.items():
            if not isinstance(charge, GainShare):
                mine = ground._replace(units=units.get(charge.for_demand or ""))
                made += _charge(word, charge, mine if _automated(charge, leg) else mine._replace(automation=None))
        by_leg[key] = made
        all_lines.extend(made)
        name = leg.provider or provider
        if name is not None and name in providers and providers[name].volume_discount is not None:
            by_provider.setdefault(name, []).extend(made)
    spend, discount = {}, {}
    for name, made in by_provider.items():
        spend[name] = lines.driver(scale.spend, made, of=name)
        discount[name] = discount_of(name, spend[name], providers[name], lines)
        all_lines.append(discount[name])
    run = [e.quantity for e in lines.costs.values() if not (e.once or e.soft or e.category == "governance")]
    invoiced = {}
    for key, leg in legs.items():
        name, within = leg.provider or provider or "", lines.within(key)
        paid_back = (spend[name], discount[name]) if name in spend else None
        net = _net(leg, by_leg[key], paid_back, within)
        shares = _gain_shares(leg, net, run, moved.ramps[key], within)
        all_lines += shares
        if leg.payment_terms is not None:
            invoiced[key] = within.driver(leg_invoice, [net, *shares])
    return Charged(lines.driver(fees, all_lines), spend, discount, invoiced)


def discount_of(name: str, spend: Quantity, provider: Provider, lines: Lines) -> Quantity:
    """The volume discount of a provider on a spend, as a negative cost line."""
    assert provider.volume_discount is not None
    of_year = lines.driver(scale.year_spend, spend, lines.clock, of=name)
    saved = lines.driver(scale.year_discount, of_year, provider.volume_discount, lines.clock, of=name)
    return lines.cost(
        scale.volume_discount, spend, of_year, saved, of=name, title=f"volume discount, {provider.title or name}"
    )


def _gains(leg: Leg) -> dict[str, GainShare]:
    """The gain shares of a leg by name."""
    return {name: charge for name, charge in leg.charges.items() if isinstance(charge, GainShare)}


def _net(leg: Leg, charges: list[Quantity], discount: tuple[Quantity, Quantity] | None, lines: Lines) -> Quantity:
    """What is charged for a leg with its part of the provider's discount; nothing where nobody asks for it."""
    if leg.payment_terms is None and all(share.of == "run" for share in _gains(leg).values()):
        return ZERO
    own = lines.driver(gain_share.leg_charges, charges)
    return lines.driver(gain_share.discounted_charges, own, *discount) if discount else own


def _gain_shares(leg: Leg, net: Quantity, run: list[Quantity], ramp: Quantity, lines: Lines) -> list[Quantity]:
    """The gain shares of a leg, on what is charged for it or on the run cost."""
    shares = _gains(leg)
    if not shares:
        return []
    part = lines.driver(gain_share.gain_scale, ramp, lines.clock)
    measured: dict[str, Quantity] = {}
    for of in {charge.of: None for charge in shares.values()}:
        if of == "run":
            whole = lines.driver(gain_share.run_before, run)
            measured[of] = lines.driver(gain_share.run_measured, whole, ramp)
        else:
            measured[of] = net
    return [gain_share.shared(name, charge, measured[charge.of], part, lines) for name, charge in shares.items()]


def _automated(charge: Priced, leg: Leg) -> bool:
    """Whether the automation of a leg is for the demand that a charge is for; what names none is for all."""
    part = leg.automation
    return part is None or None in (part.for_demand, charge.for_demand) or part.for_demand == charge.for_demand


def _charge(name: str, charge: Priced, ground: Ground) -> list[Quantity]:
    """The cost lines of one charge: the charge itself, and what it falls short of its minimum."""
    lines, title = ground.lines, charge.title or name
    base = _base(name, charge, ground)
    factors = pricing.factors_of(name, charge, ground.term, lines)
    if isinstance(charge, UnitCharge) and charge.elasticity is not None:
        volume = ground.setting.work.of(charge.for_demand).volume
        assert volume is not None
        at_full = lines.driver(scale.full_units, volume, ground.share, of=name)
        factors.append(lines.driver(scale.economy, at_full, charge.elasticity, of=name))
    if ground.automation is not None and not isinstance(charge, Fixed):
        factors.append(ground.automation)
    charged = lines.cost(pricing.charge_line, base, factors, name=f"charges.{name}", title=title)
    if charge.minimum is None:
        return [charged]
    least = lines.driver(pricing.floor, charge, ground.ramp, of=name)
    title = f"{title}, short of its minimum"
    return [charged, lines.cost(pricing.shortfall, least, charged, charge, lines.clock, of=name, title=title)]


def _base(name: str, charge: Priced, ground: Ground) -> Quantity:
    """What is charged at the base price."""
    full, taken, ramp, units, _, setting, lines, _, _ = ground
    if isinstance(charge, PerFte):
        billed = lines.driver(pricing.billed_fte, charge, full.heads, taken, ramp, of=name)
        return lines.driver(pricing.fte_charge, billed, charge.price, charge.per, of=name, name="base")
    if isinstance(charge, Blended):
        rate = lines.driver(pricing.blended_rate, charge, of=name)
        if charge.per == "hour":
            billed = lines.driver(pricing.billed_hours, charge, units, ramp, of=name)
            return lines.driver(pricing.price_times, billed, rate, of=name, name="base")
        billed = lines.driver(pricing.billed_fte, charge, full.heads, taken, ramp, of=name)
        per: Literal["month", "year"] = "month" if charge.per == "fte_month" else "year"
        return lines.driver(pricing.fte_charge, billed, rate, per, of=name, name="base")
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
    if isinstance(charge, Banded):
        return banded(name, charge, units, ramp, lines)
    if isinstance(charge, Tiered):
        return _tiered(name, charge, units, ramp, lines)
    counted = scale.learned(name, charge.learning, units, lines)
    if isinstance(charge, PerMinute):
        time = lines.driver(pricing.billed_time, charge, full.side.teams, of=name)
        return lines.driver(pricing.minute_charge, counted, time, charge, of=name, name="base")
    if isinstance(charge, ByOutcome):
        return lines.driver(pricing.outcome_charge, counted, charge, of=name, name="base")
    return lines.driver(pricing.price_times, counted, charge.price, of=name, name="base")


def _tiered(name: str, charge: Tiered, units: Quantity, ramp: Quantity, lines: Lines) -> Quantity:
    """What is charged at the tiers' prices."""
    counted, scaled = units, ramp
    if charge.period == "year":
        counted = lines.driver(pricing.tier_units, units, lines.clock, of=name)
        scaled = lines.driver(pricing.tier_scale, ramp, lines.clock, of=name)
    priced = lines.driver(pricing.tiered_price, counted, scaled, charge, of=name)
    if charge.period == "month":
        return priced
    return lines.driver(pricing.tiered_charge, units, counted, priced, of=name, name="base")
