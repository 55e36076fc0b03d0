"""A city pack stands on another: what it does not bring itself is taken from the pack named `base`, beside it."""

import tomllib
from pathlib import Path


def folders(folder: Path) -> list[Path]:
    """The folders a pack is read from: its base's first, its own last. A pack.toml that cannot be read names no base
    (`rulebook.city.rules_pack` complains of it)."""
    head = folder / "pack.toml"
    if not head.exists():
        return [folder]
    try:
        base = tomllib.loads(head.read_text(encoding="utf-8")).get("pack", {}).get("base")
    except tomllib.TOMLDecodeError:
        return [folder]
    return [folder.parent / base, folder] if base else [folder]


def file_of(folder: Path, name: str) -> Path:
    """A table of the pack: its own, else its base's; where neither brings it, where its own would stand."""
    return next((path for place in reversed(folders(folder)) if (path := place / name).exists()), folder / name)
