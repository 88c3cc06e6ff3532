"""Checks of the contract's term: its end is said with what comes then, and falls between the events it belongs to."""

from __future__ import annotations

from bpocalc.scenario.context import Loading
from bpocalc.scenario.contract import Contract
from bpocalc.scenario.option import Outsourced

ENDS = ("then", "renewal", "rebuild")
"""What says how a contract ends."""
BELONGS = {"renew": ("rebuild", "in_house"), "in_house": ("renewal", "renew")}
"""For what comes then: the field that goes with the other, and that other."""


def check_contract(option: Outsourced, loading: Loading) -> None:
    """A contract has an end and what comes then, or neither; the work goes live while it runs."""
    contract = option.contract
    if contract is None:
        return
    if not contract.said("months"):
        if contract.said(*ENDS) or not contract.said("start"):
            hint = "how long it runs: write months: 48"
            loading.note("BPO004", f"{contract.address} has no 'months'", contract.written.at, hint, key=True)
    elif not contract.said("then"):
        hint = "write then: renew or then: in_house"
        said = f"{contract.address} does not say what comes after its months"
        loading.note("BPO004", said, contract.origin("months"), hint, key=True)
    if contract.then is not None and contract.said((wrong := BELONGS[contract.then])[0]):
        said = f"'{wrong[0]}' goes with then: {wrong[1]}"
        loading.note("BPO021", said, contract.origin(wrong[0]), "leave it out, or say what comes then", key=True)
    _check_live(option, contract, loading)


def _check_live(option: Outsourced, contract: Contract, loading: Loading) -> None:
    """Every leg goes live while the contract runs."""
    begins = 1.0 if contract.start is None else contract.start.figure
    ends = None if contract.months is None else begins + contract.months.figure - 1
    for leg in option.parts.values():
        live = leg.transition.start.figure + leg.transition.months.figure
        if contract.start is not None and begins > live:
            said = f"the contract begins in month {begins:g}, after the work goes live in month {live:g}"
            hint = "begin it earlier, or the transition later"
            loading.note("BPO021", said, contract.origin("start"), hint)
            return
        if ends is not None and ends < live:
            said = f"the contract ends in month {ends:g}, before the work goes live in month {live:g}"
            loading.note("BPO021", said, contract.origin("months"), "let it run longer, or go live earlier")
            return
