"""Where things lie. Everything that changes is under var/, which git ignores and which can be deleted to begin anew."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
RUN = VAR / "run"
STATE = RUN / "state.json"


def run_dir() -> Path:
    """The folder for locks, schedules and the addresses of a running instance, readable by its owner only."""
    RUN.mkdir(parents=True, exist_ok=True)
    RUN.chmod(0o700)
    return RUN
