"""Files as they were at a revision, by way of git."""

import subprocess
from pathlib import Path

from bpocalc.cli.exit import Code, Stop


def file_at(path: str, revision: str) -> bytes:
    """The bytes of a file at a revision of the repository that it lies in; a Stop where there are none."""
    folder, name = Path(path).parent, Path(path).name
    if not folder.is_dir():
        raise Stop(Code.FAILED, f"bpocalc: cannot read {path}: there is no such file")
    if _git(folder, "rev-parse", "--is-inside-work-tree").returncode:
        raise Stop(Code.FAILED, f"bpocalc: --git: {path} lies in no git repository")
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        raise Stop(Code.USAGE, f"bpocalc: --git '{revision}' is no revision of the repository of {path}")
    commit = found.stdout.decode().strip()
    file = _git(folder, "cat-file", "blob", f"{commit}:./{name}")
    if file.returncode:
        raise Stop(Code.FAILED, f"bpocalc: --git: there is no {path} at {revision}")
    return file.stdout


def _git(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a directory; a Stop where there is no git."""
    try:
        return subprocess.run(["git", "-C", str(folder), *args], capture_output=True, check=False)
    except OSError:
        raise Stop(Code.FAILED, "bpocalc: --git needs git, which cannot be run here") from None
