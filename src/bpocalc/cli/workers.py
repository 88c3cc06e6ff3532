"""The files of `check`, one after the other or by several processes; told in the order in which they were named."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bpocalc.checking import Checked, Settings, check_text
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import read_bytes, why_unread

if TYPE_CHECKING:
    from multiprocessing.pool import Pool

CHUNK = 32
"""Files that are handed to a process at once."""
FIRST = 3
"""Files that are checked before there are more processes."""
MANY = 100_000
"""Objects made and not gone again after which cycles among them are looked for."""
WORTH = 100
"""Files for which a process more is started."""
MOST_WORKERS = 64


class Task(NamedTuple):
    """A file to be checked: its path, and why there is none or what standard input held."""

    path: str
    failed: str = ""
    data: bytes | None = None


def workers_of(text: str | None, files: int) -> int:
    """How many processes check so many files; without a wish as many as pay off, at most one for each processor."""
    if text is None:
        return max(1, min(_processors(), files // WORTH))
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise Stop(Code.USAGE, f"bpocalc: --workers '{text}' is not a number from 1 to {MOST_WORKERS}")
    return int(text)


def _processors() -> int:
    """The processors that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def all_checked(files: Mapping[str, str], settings: Settings, workers: int) -> Iterator[Checked]:
    """Every file as it was found, in the order in which they are named."""
    check, tasks = partial(check_chunk, settings), _tasks(files)
    yield from check([*islice(tasks, FIRST)])  # what these make is there for all others, in a forked process too
    collect_seldom()
    chunks = _chunks(tasks)
    if workers == 1:
        for chunk in chunks:
            yield from check(chunk)
        return
    with processes(workers) as pool:  # left by Ctrl-C, it ends its processes
        for found in pool.imap(check, chunks):
            yield from found


def begin() -> None:
    """Leave Ctrl-C to the process that started this one, and collect garbage seldom."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()


def collect_seldom() -> None:
    """Look for cycles only among very many objects, and not among those there are: a file hardly leaves any behind."""
    gc.freeze()
    gc.set_threshold(MANY)
    gc.enable()


def processes(workers: int, start: Callable[..., None] = begin, *given: object) -> Pool:
    """So many processes that leave Ctrl-C to the one that starts them, from their first moment on."""
    from multiprocessing import Pool

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is ignored here is ignored there
    try:
        return Pool(workers, start, given)
    finally:
        signal.signal(signal.SIGINT, before)


def _tasks(files: Mapping[str, str]) -> Iterator[Task]:
    """The files; standard input is read here, since other processes do not have it."""
    return (Task(path, why, read_bytes(path) if path == "-" else None) for path, why in files.items())


def _chunks(tasks: Iterator[Task]) -> Iterator[list[Task]]:
    """The files in chunks."""
    while chunk := list(islice(tasks, CHUNK)):
        yield chunk


def check_chunk(settings: Settings, chunk: list[Task]) -> list[Checked]:
    """Some files as they were found."""
    return [_check(task, settings) for task in chunk]


def _check(task: Task, settings: Settings) -> Checked:
    """One file as it was found, or why it cannot be read."""
    path = task.path
    if task.failed:
        return Checked(path, failed=task.failed)
    try:
        data = task.data if task.data is not None else read_bytes(path)
        return check_text(data, "<stdin>" if path == "-" else path, settings)
    except OSError as error:
        return Checked(path, failed=why_unread(error))
    except Exception as error:  # nothing that one file causes may keep the others from being told
        return Checked(path, failed=f"internal error: {type(error).__name__}: {error}".rstrip(": "))
