"""`bpocalc check` of many files: by several processes, with a bar for someone who waits, in constant memory."""

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpocalc.checking import Checked, Settings, check_text
from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.cli.progress import WORTH, Progress
from bpocalc.cli.workers import CHUNK, all_checked, workers_of

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SCENARIO = """\
title: Care
currency: USD
months: 12
discount_rate: 0%
functions: {care: {in_house: {teams: {agents: {fte: 10, salary: 50_000}}}}}
"""
WRONG = SCENARIO.replace("months: 12", "mnths: 12")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def written(many: int) -> list[str]:
    """Files of which every seventh is wrong, and one of them is none at all."""
    names = [f"{number:03}.yaml" for number in range(many)]
    for number, name in enumerate(names):
        Path(name).write_text(WRONG if number % 7 == 3 else SCENARIO)
    Path(names[5]).unlink()
    return names


def test_several_processes_tell_the_same_in_the_same_order_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    names = written(70)
    told = []
    for workers in ("1", "3"):
        code = run(["check", *names, "-f", "json", "-j", workers, "--fail-if", "care.in_house.total_cost > 1"])
        told.append((code, capsys.readouterr()))
    assert told[0] == told[1]
    assert told[0][0] == Code.FAILED
    assert told[0][1].err.startswith("0 of 70 files pass · 10 errors · ")


def test_standard_input_is_checked_among_files_by_several_processes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.yaml").write_text(SCENARIO)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert run(["check", "a.yaml", "-", "-f", "concise", "-j", "2"]) == Code.INVALID
    assert "<stdin>:3:1: error BPO003" in capsys.readouterr().out


def test_a_file_that_breaks_the_program_itself_does_not_stop_the_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.yaml", "b.yaml"):
        Path(name).write_text(SCENARIO)

    def broken(data: bytes, path: str, settings: Settings) -> Checked:
        if path == "a.yaml":
            raise ZeroDivisionError
        return Checked(path)

    monkeypatch.setattr("bpocalc.cli.workers.check_text", broken)
    assert run(["check", "a.yaml", "b.yaml"]) == Code.FAILED
    assert capsys.readouterr().out == (
        "a.yaml: cannot be read: internal error: ZeroDivisionError\n1 of 2 files passes · 1 unreadable\n"
    )


def test_more_processes_are_started_when_there_are_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpocalc.cli.workers._processors", lambda: 4)
    assert [workers_of(None, files) for files in (1, 100, 250, 100_000)] == [1, 1, 2, 4]
    assert workers_of("3", 1) == 3


@pytest.mark.parametrize("text", ["0", "-1", "many", "65", "1.5", "²"])
def test_a_number_of_processes_that_is_none_is_a_wrong_command_line(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "a.yaml", f"--workers={text}"]) == Code.USAGE
    assert capsys.readouterr().err == f"bpocalc: --workers '{text}' is not a number from 1 to 64\n"


def test_files_are_told_as_soon_as_they_are_checked() -> None:
    names = dict.fromkeys(written(70), "")
    found = all_checked(names, Settings(), 1)
    assert next(found).path == "000.yaml"
    Path("069.yaml").unlink()
    assert [checked.path for checked in found if checked.failed] == ["005.yaml", "069.yaml"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_grows_on_a_terminal_and_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", screen := Terminal())
    progress = Progress(WORTH)
    monkeypatch.setattr("bpocalc.cli.progress.EVERY", 0)
    for _ in range(WORTH):
        progress.step()
    progress.clear()
    shown = screen.getvalue().split("\r\x1b[K")
    assert shown[WORTH // 2] == f"{'#' * 15}{'.' * 15} 20 of 40 files"
    assert shown[-2:] == [f"{'#' * 30} 40 of 40 files", ""]


@pytest.mark.parametrize(
    ("files", "term", "screen"), [(39, "xterm", Terminal()), (40, "dumb", Terminal()), (40, "xterm", io.StringIO())]
)
def test_there_is_no_bar_for_a_few_files_or_without_a_terminal(
    files: int, term: str, screen: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stderr", screen)
    progress = Progress(files)
    progress.step()
    progress.clear()
    assert screen.getvalue() == ""


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """Let what a test starts heed Ctrl-C, even where the tests themselves run in the background and do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_ctrl_c")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name holds the process until it is interrupted")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_quietly(workers: str) -> None:
    os.mkfifo("slow.yaml")
    for number in range(CHUNK):  # the first files are checked before further processes are started
        Path(f"{number}.yaml").write_text(SCENARIO)
    command = [sys.executable, "-m", "bpocalc", "check", "[0-9]*.yaml", "slow.yaml", "-j", workers, "-o", "out.txt"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    with process, Path("slow.yaml").open("wb"):  # it opens as soon as it is read
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")
    assert b"passes" not in out
    assert not Path("out.txt").exists()


def test_the_memory_of_a_run_does_not_grow_with_the_files() -> None:
    """What refers to itself is collected, though a command turns the collector off."""
    code = (
        "import gc, resource; gc.disable()\n"
        "from bpocalc.checking import Settings\n"
        "from bpocalc.cli.workers import all_checked\n"
        "peak = []\n"
        "for number, _ in enumerate(all_checked({f'{n:03}.yaml': '' for n in range(400)}, Settings(), 1)):\n"
        "    if number in (60, 399): peak.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        "print(peak[1] / peak[0])\n"
    )
    written(400)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(ended.stdout) < 1.1


@pytest.mark.parametrize("name", ["customer-support", "shared-services"])
def test_a_file_that_was_computed_leaves_nothing_behind_that_refers_to_itself(name: str) -> None:
    data = (SCENARIOS / f"{name}.yaml").read_bytes()
    check_text(data, "a.yaml", Settings(compute=True))
    gc.collect()
    gc.disable()
    try:
        check_text(data, "a.yaml", Settings(compute=True))
        assert gc.collect() == 0
    finally:
        gc.enable()


WITH_MODULES = """
import sys
from bpocalc.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules)
"""


def test_a_check_without_expectations_loads_neither_the_model_nor_what_other_formats_need() -> None:
    Path("a.yaml").write_text(SCENARIO)
    command = [sys.executable, "-c", WITH_MODULES, "check", "a.yaml"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    modules = set(ended.stdout.split())
    assert "bpocalc.lints.registry" in modules
    foreign = {"rich", "numpy", "xlsxwriter", "multiprocessing", "xml", "jinja2"}
    assert {name for name in modules if name.partition(".")[0] in foreign} == set()
    assert not {
        name for name in modules if name.startswith(("bpocalc.model", "bpocalc.comparison", "bpocalc.views.checks.s"))
    }
