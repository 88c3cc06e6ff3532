"""Checks of correlations: what they point at, and whether they can hold together."""

from bpocalc.document import Map, Origin, Seq
from bpocalc.problems import did_you_mean
from bpocalc.scenario.check_parts import check_name
from bpocalc.scenario.context import Loading
from bpocalc.scenario.correlation import Correlation, is_possible, together
from bpocalc.scenario.parts import is_text
from bpocalc.scenario.scenario import Scenario

MOST_CORRELATED = 100
"""So many inputs may be correlated with others."""


def check_correlations(scenario: Scenario, loading: Loading) -> None:
    """Each names two inputs or more, no pair is named twice, and together they are possible."""
    pairs: set[frozenset[str]] = set()
    sound: dict[str, Correlation] = {}
    for key, one in scenario.correlations.items():
        check_name(key, "a correlation", scenario.written.get("correlations"), loading)
        if one.said("between") and _is_sound(key, one, pairs, loading):
            sound[key] = one
    if len({name for one in sound.values() for name in one.between}) > MOST_CORRELATED:
        said = f"more than {MOST_CORRELATED} inputs are correlated, at most so many are drawn together"
        loading.note("BPO010", said, scenario.origin("correlations"), key=True)
        return
    for group in together(sound.values()):
        if not is_possible(group.ranks):
            keys = [key for key, one in sound.items() if {*one.between} & {*group.names}]
            said = f"{' and '.join(keys)}: no inputs can be correlated like that, the matrix is not positive definite"
            hint = "bring the coefficients closer to 0; what is as good as the same figure is better said once"
            loading.note("BPO060", said, sound[keys[0]].origin("coefficient"), hint)


def _is_sound(key: str, one: Correlation, pairs: set[frozenset[str]], loading: Loading) -> bool:
    """Whether all that a correlation names is there, once."""
    at = dict(zip(one.between, _origins(one.written), strict=False))
    unknown = [name for name in one.between if name not in loading.inputs]
    for name in unknown:
        hint = did_you_mean(name, loading.inputs)
        loading.note("BPO023", f"'{name}' is the address of no input", at[name], hint)
    if unknown:
        return False
    if len(at) < 2 or len(at) < len(one.between):
        said = f"{key} does not name two different inputs" if len(at) < 2 else f"{key} names an input twice"
        loading.note("BPO021", said, one.origin("between"), "write between: [one address, another address]")
        return False
    mine = {frozenset((a, b)) for a in at for b in at if a != b}
    if twice := pairs & mine:
        said = f"the correlation of {' and '.join(sorted(next(iter(twice))))} is given twice"
        loading.note("BPO007", said, one.origin("between"), "keep one of the two")
        return False
    pairs |= mine
    return True


def _origins(written: Map) -> list[Origin]:
    """Where each address of a correlation stands."""
    addresses: Seq = written["between"]
    return [origin for address, origin in zip(addresses, addresses.origin, strict=True) if is_text(address)]
