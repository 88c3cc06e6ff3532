"""What the commands that read scenarios share: what is asked of them, and files loaded with their problems shown."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import read_file
from bpocalc.problems import Invalid, did_you_mean, show, show_all
from bpocalc.scenario.loading import CardFile, Loaded, load_text
from bpocalc.scenario.overrides import NoCase


def load_all(
    read: Iterable[tuple[str, bytes]],
    overrides: list[str] | None,
    case: str | None = None,
    cards: Sequence[CardFile] = (),
) -> list[Loaded]:
    """All scenarios, under a case where one is named, or a Stop with all problems of all files."""
    loaded, wrong = [], []
    for path, data in read:
        name = "<stdin>" if path == "-" else path
        try:
            loaded.append(load_text(data, name, overrides, case or "", cards))
        except NoCase as missing:
            known = did_you_mean(missing.name, missing.known) if missing.known else "it has no cases"
            raise Stop(Code.USAGE, f"bpocalc: --case '{case}' is not in {shown_path(path)}: {known}") from None
        except Invalid as invalid:
            wrong.append(show_all(invalid))
            continue
        for warning in loaded[-1].warnings:
            print(show(warning, loaded[-1].sources.get(warning.place.file, "")), file=sys.stderr)
    if wrong:
        raise Stop(Code.INVALID, "\n".join(wrong))
    return loaded


def read_cards(paths: Iterable[str] | None) -> list[CardFile]:
    """The rate cards that `--rates` names, as they are loaded with a scenario."""
    return [("<stdin>" if path == "-" else shown_path(path), read_file(path)) for path in paths or []]


def changes_of(
    case: str | None, overrides: list[str] | None, *, soft: bool, rates: Iterable[str] | None = None
) -> list[str]:
    """The options of the command line that change figures, as they are repeated in other commands."""
    sets = [text for override in overrides or [] for text in ("--set", override)]
    cards = [text for path in rates or [] for text in ("--rates", shown_path(path))]
    return [*(["--case", case] if case else []), *sets, *cards, *(["--soft"] if soft else [])]


def check_overrides(overrides: list[str] | None) -> None:
    """Each override has an address, '=' and a value; else a Stop."""
    for override in overrides or []:
        if not override.partition("=")[0].strip() or "=" not in override:
            raise Stop(Code.USAGE, f"bpocalc: --set '{override}' is not an address, '=' and a value")


def check_word(option: str, word: str, words: Iterable[str]) -> None:
    """The word is one that an option takes; else a Stop."""
    if word not in words:
        raise Stop(Code.USAGE, f"bpocalc: {option} '{word}' is not known: {did_you_mean(word, words)}")


def format_of(path: str, format_: str | None, suffixes: Mapping[str, str]) -> str:
    """The format of an output file: the one asked for, else by its suffix; a Stop where there is none."""
    if format_ is not None:
        return format_
    suffix = Path(path).suffix.lower()
    if suffix not in suffixes:
        known = ", ".join(sorted(suffixes))
        raise Stop(Code.USAGE, f"bpocalc: no format goes with '{path}': end it with {known}, or give --format")
    return suffixes[suffix]


def shown_path(path: str) -> str:
    """A path as it is shown: never an absolute one."""
    if path == "-":
        return path
    return Path(path).name if Path(path).is_absolute() else Path(path).as_posix()


def check_names(loaded: list[Loaded], functions: list[str] | None, options: list[str] | None) -> None:
    """Every function and option asked for exists in one of the files; else a Stop."""
    there = {key: function for case in loaded for key, function in case.scenario.functions.items()}
    for name in functions or []:
        if name not in there:
            raise Stop(Code.USAGE, f"bpocalc: --function '{name}' is in no file: {did_you_mean(name, there)}")
    names = {option for function in there.values() for option in function.options}
    full = {f"{key}.{option}" for key, function in there.items() for option in function.options}
    for name in options or []:
        if name not in names | full:
            raise Stop(Code.USAGE, f"bpocalc: --option '{name}' is in no file: {did_you_mean(name, names | full)}")
