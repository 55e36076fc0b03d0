"""Second half of run.py, inside the virtual environment: picks the module for the word."""

import sys

from launcher import commands, docker, look, serve
from launcher.console import CannotStart, warn

WORDS = {
    "serve": serve.serve,
    "test": commands.test,
    "check": commands.check,
    "law": commands.law,
    "states": commands.states,
    "bench": commands.bench,
    "look": look.look,
    "manage": commands.manage,
    "docker": docker.docker,
}


def main() -> int:
    """Run the word; the exit code."""
    word, *rest = sys.argv[1:]
    try:
        return WORDS[word](rest)
    except CannotStart as reason:
        warn(f"不能继续：{reason}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
