"""What `compare --volume` asks for: shares of the volume, and the comparison at each of them."""

import re
from collections.abc import Callable

from bpocalc.cli.exit import Code, Stop
from bpocalc.comparison import Comparison
from bpocalc.problems import Invalid
from bpocalc.studies.volume import Strained, strained

MOST, MOST_FACTORS = 10, 20
SHARE = re.compile(r"(\d+(?:\.\d+)?)(\s*%)?")


def factors_of(text: str) -> list[float]:
    """Shares of the volume such as `70%,100%,130%`, in their order; a Stop for anything else."""
    out: list[float] = []
    for part in text.split(","):
        found = SHARE.fullmatch(part.strip())
        factor = float(found[1]) / (100 if found[2] else 1) if found else MOST + 1
        if factor > MOST:
            said = f"'{part.strip()}' is no share of the volume up to {MOST * 100} %"
            raise Stop(Code.USAGE, f"bpocalc: --volume {said}: write it as 70%,100%,130%")
        out.append(factor)
    if len(out) > MOST_FACTORS:
        raise Stop(Code.USAGE, f"bpocalc: --volume has {len(out)} shares, at most {MOST_FACTORS} are computed")
    return list(dict.fromkeys(out))


def at_volumes(
    comparison: Comparison, factors: list[float], again: Callable[[list[str]], Comparison]
) -> list[Strained]:
    """A comparison at shares of its volume; a Stop where one of them makes the scenario invalid."""
    try:
        return strained(comparison, factors, again)
    except Invalid as invalid:
        said = invalid.problems[0].message
        raise Stop(Code.INVALID, f"bpocalc: at a volume of --volume the scenario is invalid: {said}") from None
