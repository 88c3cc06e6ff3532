"""Payment terms: what a provider charges is paid later, which moves cash and no cost."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.model.book import line
from bpocalc.model.scene import Scene
from bpocalc.quantity import ZERO, Quantity, apply, sum_of, total, where
from bpocalc.timeline import Clock


@line("$/month")
def paid_later(invoiced: Quantity, terms: Quantity, clock: Clock) -> Quantity:
    """What is paid of the invoices after the payment terms; a month and a half splits each between two months."""
    return apply("delayed", invoiced, clock.month, terms)


@line("$/month", "fees")
def payment_terms(invoiced: Quantity, paid: Quantity, clock: Clock) -> Quantity:
    """Payment terms: what is paid less what is invoiced; what is unpaid in the last month is settled in it."""
    unpaid = where(clock.month >= clock.last, total(invoiced) - total(paid), 0)
    return paid - invoiced + unpaid


@line("$/month")
def deferred(parts: Sequence[Quantity]) -> Quantity:
    """What payment terms move, all legs together; over all months it is nothing."""
    return sum_of(parts)


def outsourced(scene: Scene) -> Quantity:
    """What the payment terms of an outsourced option move from month to month; nothing where it has none."""
    parts = []
    for key, invoiced in scene.charged.invoiced.items():
        lines, terms = scene.lines.within(key), scene.option.parts[key].payment_terms
        paid = lines.driver(paid_later, invoiced, terms, lines.clock)
        parts.append(lines.cost(payment_terms, invoiced, paid, lines.clock, title="payment terms"))
    return scene.lines.driver(deferred, parts) if parts else ZERO
