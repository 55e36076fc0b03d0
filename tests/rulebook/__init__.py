"""Tests of the rulebook's rows: packs, publishing, seals, the one clock, `manage deadline`."""

from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "citypacks" / "reference"

ABOUT = """
[pack]
code = "qingshan"
city = "青山市"
effective_from = 2026-01-01
sources = ["青山市试行规定"]
"""


def pack_folder(folder: Path, *, about: str = ABOUT, **files: str) -> Path:
    """A pack of plain files; `terms`, `settings` are TOML, a key like y2026 is that year's calendar."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(about, encoding="utf-8")
    for name, text in files.items():
        path = folder / "calendar" / f"{name[1:]}.csv" if name.startswith("y2") else folder / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
