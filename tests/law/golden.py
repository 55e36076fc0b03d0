"""The table of dates that were reckoned by hand from the official holiday tables; every way of counting must agree."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Golden:
    """One reckoned case. `internal_on` and `rolled_on` only where the table says them."""

    name: str
    rule: str
    start: date
    due_on: date
    extend: int = 0
    hearing: tuple[date, date] | None = None
    internal_on: date | None = None
    rolled_on: date | None = None
    because: str = ""

    def arguments(self) -> list[str]:
        """The same question as arguments of `manage deadline`."""
        asked = ["--rule", self.rule, "--start", self.start.isoformat()]
        if self.extend:
            asked += ["--extend", str(self.extend)]
        if self.hearing:
            asked += ["--hearing", f"{self.hearing[0]}..{self.hearing[1]}"]
        return asked


def _d(text: str) -> date:
    return date.fromisoformat(text)


GOLDEN = (
    Golden("G1", "D01", _d("2026-01-30"), _d("2026-02-14"), internal_on=_d("2026-02-14"), because="当天调休上班"),
    Golden(
        "G2",
        "D01",
        _d("2026-02-01"),
        _d("2026-02-16"),
        internal_on=_d("2026-02-14"),
        rolled_on=_d("2026-02-24"),
        because="春节：三个日期并列",
    ),
    Golden(
        "G3",
        "D01",
        _d("2025-09-16"),
        _d("2025-10-01"),
        internal_on=_d("2025-09-30"),
        rolled_on=_d("2025-10-09"),
        because="国庆",
    ),
    Golden("G4", "D04", _d("2025-09-26"), _d("2025-10-10"), because="9月28日（日）上班"),
    Golden("G5", "D04", _d("2026-02-12"), _d("2026-02-26"), because="2月14日（六）上班，15日至23日休"),
    Golden("G7", "D04", _d("2025-10-01"), _d("2025-10-14"), because="收到在休息日；10月11日（六）上班"),
    Golden("G9", "D16c", _d("2026-04-30"), _d("2026-05-18"), because="5月9日（六）上班"),
    Golden("G11", "D06", _d("2025-12-05"), _d("2026-02-03")),
    Golden("G12", "D06", _d("2023-12-31"), _d("2024-02-29"), because="跨闰年"),
    Golden("G13", "D06", _d("2026-02-27"), _d("2026-04-28"), because="未延期"),
    Golden("G13+30", "D06", _d("2026-02-27"), _d("2026-05-28"), extend=30, because="延长30日，累计90日"),
    Golden("G13 D07", "D07", _d("2026-04-28"), _d("2026-05-28"), because="从原届满日起延长30日"),
    Golden("G14", "D08", _d("2026-05-20"), _d("2026-06-22"), rolled_on=_d("2026-06-22"), because="末日端午，顺延"),
    Golden(
        "E20",
        "D11",
        _d("2026-08-21"),
        _d("2026-10-02"),
        hearing=(_d("2026-09-01"), _d("2026-09-12")),
        because="听证12日，含首尾",
    ),
)
