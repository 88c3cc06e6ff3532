"""Checks of what hangs on the volume: which of several demands it is for, and whether overtime can arise."""

from __future__ import annotations

from bpocalc.problems import did_you_mean
from bpocalc.scenario.automation import Automation
from bpocalc.scenario.context import Loading
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.function import Function
from bpocalc.scenario.labor import Team
from bpocalc.scenario.pricing import Charge
from bpocalc.scenario.quality import Quality

NEARLY = 1e-6
"""What the shares of a day may be off."""
HOURS_OF_A_DAY = 24


def check_for(
    part: Team | Cost | Charge | Quality | Automation, what: str, function: Function, loading: Loading, *, needs: bool
) -> None:
    """Where there are several demands, what hangs on the volume names one of them; else nothing does."""
    several, name = function.several, part.for_demand
    if name is not None and not (several and needs):
        said = "the function has not several demands" if not several else "it does not hang on the volume"
        loading.note("BPO021", f"{what}: {said}, 'for' says nothing", part.origin("for"), "leave it out", key=True)
    elif name is not None and name not in several:
        hint = did_you_mean(name, several)
        loading.note("BPO023", f"'{name}' is no demand of the function", part.origin("for"), hint)
    elif several and needs and not part.said("for"):
        said, hint = f"{what}: nothing says for which demand", f"write for: {' or for: '.join(several)}"
        at = part.written.at
        loading.note("BPO004", said, at, hint, key=True, lack=f"{at.address}.for")


def check_erlang(key: str, team: Team, loading: Loading) -> None:
    """Erlang C goes with a handling time; occupancy follows from it; the shares of a day are all of the day."""
    queue = team.erlang
    if queue is None:
        return
    others = [name for name in ("fte", "units_per_hour", "units_per_fte", "one_per") if getattr(team, name) is not None]
    if team.handling_time is None and others:
        said = f"{key} have {others[0]} and no handling time: 'erlang' does not go with it"
        loading.note("BPO021", said, team.origin("erlang"), f"write handling_time in place of {others[0]}", key=True)
    if "occupancy" in team.written:
        said = f"the occupancy of {key} follows from 'erlang': it cannot be stated besides"
        loading.note("BPO021", said, team.origin("occupancy"), "write it as erlang.occupancy_cap", key=True)
    shares = [share.figure for share in queue.pattern]
    if shares and abs(sum(shares) - 1) > NEARLY:
        said = f"the shares of a day add up to {sum(shares) * 100:g} %"
        loading.note("BPO021", said, queue.origin("pattern"), "together they must be 100 %", key=True)
    if len(shares) * queue.interval.figure > HOURS_OF_A_DAY + NEARLY:
        said = f"{len(shares)} intervals of {queue.interval.figure:g} hours are longer than a day"
        loading.note("BPO021", said, queue.origin("pattern"), "leave some out, or make the interval shorter", key=True)


def check_overtime(key: str, team: Team, function: Function, loading: Loading) -> None:
    """Overtime is for people who are staffed for a mean or a peak; those who follow the month lack nothing."""
    open_choice = team.staffing is None and (
        team.said("staffing") or not ((demand := function.demand_for(team.for_demand)) and not demand.moves)
    )
    if team.overtime is not None and not team.is_level and not (open_choice and team.follows_volume):
        said = f"{key} are not staffed for an average: they lack nobody in any month"
        hint = "leave it out, or write staffing: average" if team.follows_volume else "leave it out"
        loading.note("BPO021", said, team.origin("overtime"), hint, key=True)
