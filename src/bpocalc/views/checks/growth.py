"""The growth of money on both sides, as text: what each line grows by, and to how much."""

from itertools import groupby

from bpocalc.lints.growth import growth
from bpocalc.lints.subject import Subject
from bpocalc.problems import printable


def render(subject: Subject, path: str) -> str:
    """The lines of each side with the factor of the last year."""
    lines = list(growth(subject))
    name, by = (max(map(len, texts), default=0) for texts in ([g.line for g in lines], [g.by for g in lines]))
    out = [f"{printable(path)}: growth from month 1 to year {subject.loaded.clock.years}"]
    for side, grown in groupby(lines, lambda one: one.side):
        out.append(f"  {side}")
        out += [f"    {one.line:{name}}  {one.by:{by}}  × {one.factor:.3f}" for one in grown]
    return "\n".join(out) + "\n"
