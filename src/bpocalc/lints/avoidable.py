"""What really goes when the work goes."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.lints.rule import Doubt, doubt, rule
from bpocalc.lints.subject import Subject, called, percent

HOME = "functions.care.in_house"
MOST = 0.5
"""Avoidable share of an allocated cost above which it is doubted."""


@rule(
    "BPO131", "warning",
    cure="state the share that ends: 0% for what is merely allocated, 10 to 20 % where some of it would really go",
    at=f"{HOME}.costs",
    bad="overhead: {title: Corporate overhead, rate: 10%, of: personnel, avoidable: 100%}",
    good="overhead: {title: Corporate overhead, rate: 10%, of: personnel, avoidable: 15%}",
)  # fmt: skip
def allocated_overhead(subject: Subject) -> Iterator[Doubt]:
    """Allocated overhead that is treated as avoidable.

    Head office, the share of the building and the controller's percentage cost what they cost, whoever does the work:
    when the function leaves, they are spread over those that stay. Only what would really be given up is a saving.
    """
    for key, function in subject.scenario.functions.items():
        for name, cost in function.in_house.costs.items():
            allocated = called(name, cost.title, r"overhead|allocat|head ?office|corporate|administrati")
            share = cost.avoidable.figure if cost.avoidable is not None else 0
            if allocated and share > MOST:
                said = f"{key}.in_house.{name} is an allocated cost, and {percent(share)} of it would be saved"
                yield doubt(said, cost.origin("avoidable"), value=True)


@rule(
    "BPO132", "warning",
    cure="say how much of the space can be given up and when: avoidable: 70%, removal: 12 months",
    at=f"{HOME}.workplace",
    bad="facilities: {per_seat: 430, avoidable: 100%}",
    good="facilities: {per_seat: 430, avoidable: 70%, removal: 12 months}",
)  # fmt: skip
def seats_at_once(subject: Subject) -> Iterator[Doubt]:
    """Space that is gone with the people.

    All of the rent ends in the month in which the last chair is empty. Leases run on, and half a floor cannot be
    given back.
    """
    for key, function in subject.outsourced.items():
        workplace = function.in_house.workplace
        seat = workplace.facilities if workplace else None
        if seat is None or seat.avoidable is None:
            continue
        if seat.avoidable.figure >= 1 and (seat.removal is None or seat.removal.figure == 0):
            yield doubt(f"all facilities of {key} end with the work, in the same month", seat.origin("avoidable"))
