"""What the commands that study a result share: the scenario read and compared, the result found, files written."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from math import isfinite
from typing import NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen, print_result, read_file, screen, write_files
from bpocalc.cli.reading import check_overrides, check_word, format_of, load_all, read_cards, shown_path
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.studies.levers import Lever, NoLever, find_lever
from bpocalc.studies.metric import Metric, NoMetric, metric_of

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "text"}


class Read(NamedTuple):
    """A scenario and the result in it that is followed, as they were written on the command line."""

    file: str
    option: str | None
    metric: str
    target: str
    overrides: tuple[str, ...]
    case: str | None
    rates: tuple[str, ...]
    soft: bool


class Studied(NamedTuple):
    """A scenario compared, and the result in it that is followed."""

    path: str
    sha256: str
    comparison: Comparison
    metric: Metric
    target: float


def studied(read: Read) -> Studied:
    """The scenario and its result; Stop where they cannot be had."""
    target = number_of("--target", read.target)
    check_overrides(list(read.overrides))
    data = read_file(read.file)
    (loaded,) = load_all([(read.file, data)], list(read.overrides), read.case, read_cards(read.rates))
    comparison = compare(run(loaded), soft=read.soft)
    try:
        metric = metric_of(comparison, read.metric, read.option or "")
    except NoMetric as missing:
        raise Stop(Code.USAGE, f"bpocalc: {missing}") from None
    return Studied(shown_path(read.file), sha256(data).hexdigest(), comparison, metric, target)


def number_of(option: str, text: str) -> float:
    """The number given with an option, or a share such as 15%; else a Stop."""
    bare, percent = (text[:-1], 100) if text.endswith("%") else (text, 1)
    try:
        value = float(bare.replace("_", "")) / percent
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise Stop(Code.USAGE, f"bpocalc: {option} '{text}' is not a number")
    return value


def swing_of(text: str) -> float:
    """The share by which inputs without a range are moved; a Stop for one that is no share."""
    swing = number_of("--swing", text)
    if not 0 < swing <= 1:
        raise Stop(Code.USAGE, f"bpocalc: --swing '{text}' is not a share above 0 and up to 100%")
    return swing


def lever_of(made: Studied, known: Sequence[Lever], name: str) -> Lever:
    """The input that is named; a Stop, with the reason, for one that cannot be moved."""
    try:
        return find_lever(made.comparison, known, name, made.metric.address)
    except NoLever as missing:
        raise Stop(Code.USAGE, f"bpocalc: {missing}") from None


def formats_of(format_: str | None, outputs: Sequence[str], known: Sequence[str]) -> list[str]:
    """The format of each output, or of the screen where there are none; a Stop for one that is not known."""
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["text" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, known)
    return formats


def deliver(render: Callable[[str, Screen], str], formats: Sequence[str], outputs: Sequence[str], file: str) -> None:
    """Render each format, and print it or write the files."""
    if outputs:
        made = {name: render(name, Screen(None, False)) for name in dict.fromkeys(formats)}
        write_files([(path, made[name]) for path, name in zip(outputs, formats, strict=True)], [file])
    else:
        print_result(render(formats[0], screen()))
