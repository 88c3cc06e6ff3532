"""The command line as a whole: version, help, usage errors, exit codes, pipes, unexpected errors."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bpocalc import __version__
from bpocalc.cli import main
from bpocalc.cli.app import application
from bpocalc.cli.exit import MEANINGS, Code, Stop

MINIMAL = Path(__file__).parent.parent / "scenarios" / "minimal.yaml"
ENV = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "FORCE_COLOR", "PYTHONPATH"}}
WITH_MODULES = """
import sys
from bpocalc.cli import main
try:
    main(sys.argv[1:])
finally:
    print("modules:", *sys.modules, file=sys.stderr)
"""


def bpocalc(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "bpocalc", *args]
    return subprocess.run(command, capture_output=True, text=True, env=ENV | env, check=False)


def modules_after(*args: str) -> set[str]:
    """Name the modules that Python holds when the command has ended."""
    command = [sys.executable, "-c", WITH_MODULES, *args]
    ended = subprocess.run(command, capture_output=True, text=True, env=ENV, check=False)
    return set(ended.stderr.rpartition("modules:")[2].split())


def code_of(*args: str) -> object:
    """Run the command in this process and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(list(args))
    return ended.value.code


def let_compare(do: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Put something else in the place of what `compare` does."""

    def compare(files: list[str]) -> None:
        do()

    monkeypatch.setattr("bpocalc.cli.compare.compare", compare)


def raising(error: BaseException) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


def test_the_version_flag_prints_the_version_of_the_package_metadata() -> None:
    ended = bpocalc("--version")
    assert ended.stdout == f"bpocalc {__version__}\n"
    assert ended.returncode == 0
    assert __version__ == version("bpocalc")


def test_the_version_flag_says_the_same_beside_other_flags() -> None:
    assert bpocalc("--debug", "--version").stdout == bpocalc("--version").stdout


def test_the_version_flag_answers_before_typer_is_imported() -> None:
    modules = modules_after("--version")
    assert "bpocalc.cli" in modules
    assert not modules & {"typer", "bpocalc.cli.app", "typing", "re"}


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--help",),
        ("compare", "--help"),
        ("compare",),
        ("compare", "--no-such-option"),
        ("no-such-command",),
        ("--no-such-flag",),
    ],
)
def test_help_and_usage_errors_import_nothing_heavy(args: tuple[str, ...]) -> None:
    modules = modules_after(*args)
    assert "typer" in modules
    assert not modules & {"pydantic", "pydantic_core", "yaml", "rich", "importlib.metadata"}


@pytest.mark.parametrize("command", ["check", "compare", "explain"])
def test_a_command_makes_no_models_and_looks_for_no_plugins(command: str) -> None:
    modules = modules_after(command, str(MINIMAL))
    assert "pydantic_core" in modules
    assert not modules & {"pydantic", "importlib.metadata", "rich", "numpy", "xlsxwriter"}


def test_every_option_is_a_text_or_a_list_of_them_or_a_flag() -> None:
    commands = get_command(application())
    assert isinstance(commands, TyperGroup)
    params: list[Any] = [param for command in commands.commands.values() for param in command.params]
    kinds = {param.type_descriptor.annotation for param in params}
    assert kinds == {str, list[str], bool}


@pytest.mark.parametrize("args", [("compar",), ("--no-such-flag",), ("compare",), ("compare", "--no-such-option")])
def test_a_wrong_command_line_shows_the_usage_on_stderr_and_exits_with_2(args: tuple[str, ...]) -> None:
    ended = bpocalc(*args)
    assert ended.returncode == Code.USAGE
    assert ended.stdout == ""
    assert ended.stderr.startswith("Usage: bpocalc")
    assert "\nbpocalc: " in ended.stderr


def test_a_mistyped_command_or_option_is_answered_with_the_nearest_name() -> None:
    assert "Did you mean 'compare'?" in bpocalc("compar").stderr
    assert "--version" in bpocalc("--versoin").stderr


def test_no_arguments_at_all_show_the_help_as_an_answer_to_a_wrong_command_line() -> None:
    ended = bpocalc()
    assert ended.returncode == Code.USAGE
    assert ended.stdout == ""
    assert ended.stderr == bpocalc("--help").stdout


def test_the_help_lists_every_exit_code() -> None:
    shown = bpocalc("--help", COLUMNS="100").stdout
    for code, meaning in MEANINGS.items():
        assert f"  {code.value}  {meaning}\n" in shown


@pytest.mark.parametrize("columns", [40, 60, 200])
@pytest.mark.parametrize("args", [("--help",), ("-h",), ("compare",)])
def test_help_and_usage_errors_keep_within_the_width_of_the_terminal(args: tuple[str, ...], columns: int) -> None:
    ended = bpocalc(*args, COLUMNS=str(columns))
    assert max(map(len, (ended.stdout + ended.stderr).splitlines())) <= columns


def test_the_help_does_not_cut_what_a_command_does() -> None:
    assert "..." not in bpocalc("--help", COLUMNS="40").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("compare", "--help")])
def test_a_closed_pipe_is_no_reason_to_complain(args: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "bpocalc", *args]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=ENV, check=False)
    os.close(writer)
    assert ended.stderr == b""
    assert ended.returncode == Code.FINE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device on this system")
def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bpocalc", "--help"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=ENV, check=False)
    assert ended.stderr.splitlines() == ["bpocalc: No space left on device (run again with --debug for the traceback)"]
    assert ended.returncode == Code.FAILED


def test_an_internal_error_is_one_line_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    let_compare(raising(ValueError("two\n  lines")), monkeypatch)
    assert code_of("compare", "a.yaml") == Code.FAILED
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "bpocalc: internal error: ValueError: two lines (run again with --debug for the traceback)\n"


@pytest.mark.parametrize("args", [("--debug", "compare", "a.yaml"), ("compare", "a.yaml", "--debug")])
def test_an_internal_error_shows_its_traceback_with_debug_before_or_after_the_command(
    args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    let_compare(raising(ValueError("why")), monkeypatch)
    assert code_of(*args) == Code.FAILED
    err = capsys.readouterr().err
    assert err.startswith("Traceback")
    assert err.endswith("ValueError: why\n")


def test_a_failure_of_the_system_is_not_called_an_internal_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    let_compare(raising(PermissionError(13, "Permission denied", "out.json")), monkeypatch)
    assert code_of("compare", "a.yaml") == Code.FAILED
    assert capsys.readouterr().err.startswith("bpocalc: out.json: Permission denied (")


@pytest.mark.parametrize("code", list(Code))
def test_a_command_stops_with_its_code_and_its_message_on_stderr(
    code: Code, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    let_compare(raising(Stop(code, "this is why")), monkeypatch)
    assert code_of("compare", "a.yaml") == code
    assert capsys.readouterr() == ("", "this is why\n")


def test_a_command_that_ends_by_itself_exits_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    let_compare(lambda: None, monkeypatch)
    assert code_of("compare", "a.yaml") == Code.FINE


def test_an_interrupt_is_quiet_and_exits_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    let_compare(raising(KeyboardInterrupt()), monkeypatch)
    assert code_of("compare", "a.yaml") == 130
    assert capsys.readouterr() == ("", "")
