"""What every test may rely on, whatever terminal it is started from."""

import pytest


@pytest.fixture(autouse=True)
def no_width_from_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is as wide as it likes unless a test says otherwise."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
