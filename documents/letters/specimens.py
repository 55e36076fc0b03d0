"""样张：城市包里虚构的取值（letters/samples.toml），给套打样张和样式核对用。只读文件。"""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from documents.letters.fields import FIELDS, KINDS
from documents.letters.letter_dates import in_words
from documents.letters.letter_pack import LetterPack
from documents.letters.rendering import Rendered, render
from documents.letters.values import frozen


@dataclass(frozen=True)
class Sample:
    """One kind filled in: `values` with case_no and addressee, `organ` the full name that signs, `dated` its day."""

    kind: str
    organ: str
    dated: date
    values: dict[str, Any]

    def letter(self, pack: LetterPack, *, letter_code: str = "云样", serial: int = 17) -> Rendered:
        """As it would be issued under the pack's template and number format; sealed values are still holes.

        Raises LetterRefused where a value does not fit.
        """
        source = pack.sources[self.kind]
        rendered = render(source, frozen(KINDS[self.kind], self.values), organ=self.organ)
        series = source.meta.get("series", "")
        number = pack.number_format.format(letter_code=letter_code, series=series, year=self.dated.year, serial=serial)
        return replace(rendered, number=number if series else "", dated=in_words(self.dated))

    @property
    def secrets(self) -> dict[str, str]:
        return {code: value for code, value in self.values.items() if FIELDS[code].secret}


def read(path: Path) -> dict[str, Sample]:
    """The samples of a `samples.toml`, by kind: what is common goes to every kind that may use it."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    common = said.pop("common")
    return {kind: _sample(kind, common, own) for kind, own in said.items()}


def _sample(kind: str, common: dict[str, Any], own: dict[str, Any]) -> Sample:
    values = {code: value for code, value in common.items() if code in KINDS[kind].allowed} | own
    organ, dated = own.get("organ", common["organ"]), own.get("dated", common["dated"])
    return Sample(kind, organ, dated, {code: value for code, value in values.items() if code not in ("organ", "dated")})
