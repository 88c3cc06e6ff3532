"""Workplace: seats and what they cost, equipment and its replacement."""

from __future__ import annotations

from collections.abc import Mapping

from bpocalc.model.book import line
from bpocalc.quantity import Quantity, at_least, sum_of
from bpocalc.scenario.workplace import Equipment, Seat
from bpocalc.timeline import Clock


@line("FTE")
def people(heads: Mapping[str, Quantity]) -> Quantity:
    """People of all teams together."""
    return sum_of(heads.values())


@line("seats")
def seats(full: Quantity, freed: Quantity, avoidable: Quantity, needed: Quantity) -> Quantity:
    """Seats that are paid for.

    full − avoidable · (full − those for the work that stays), and never fewer than the people who are there: retained
    people sit on stranded seats first.
    """
    return at_least(full - avoidable * (full - freed), needed)


@line("$/month", "workplace")
def seat_cost(seats: Quantity, seat: Seat, inflation: Quantity) -> Quantity:
    """Seats at their cost a month."""
    return seats * seat.per_seat * inflation


@line("$/month", "workplace")
def equipment(people: Quantity, before: Quantity, part: Equipment, inflation: Quantity) -> Quantity:
    """Equipment for what the teams grow by, and for a part of everyone there each month, renewed after its life."""
    return (at_least(people - before, 0) + before / part.life) * part.price * inflation


@line("$/month", "workplace")
def residual(people: Quantity, part: Equipment, inflation: Quantity, clock: Clock, last: Quantity) -> Quantity:
    """What the equipment in use fetches after the last month, taken off the cost."""
    return 0 - clock.in_month(last) * people * part.price * part.residual * inflation
