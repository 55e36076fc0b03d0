"""这一轮要造多少、走到哪一步：写在 var/ 里的进度文件，中断以后接着走。"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

LINES_EACH = 20
SHORT = 20_000  # 件：短的一轮
CHUNK = 5_000  # 件：一次提交装这么多
ORGANS = 820
WATCHED = 180_000  # 件：巡查量的全是在办的，这么多件有二十万个在走的期限


@dataclass
class Plan:
    """One run: what is asked for and which steps are done. Saved after every step."""

    petitions: int
    log_lines: int
    database: str
    done: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)  # what one step leaves for another: dropped indexes, results
    all_open: bool = False  # 全是在办的，都在近几个月收到：给巡查用

    @property
    def tenth(self) -> int:
        return self.petitions // 10

    @property
    def path(self) -> Path:
        return folder() / f"{self.database}.json"

    def asked(self, most: int) -> int:
        """How many times a thing is measured: fewer where there are few petitions."""
        return max(10, min(most, self.petitions // 10))

    @classmethod
    def open(cls, petitions: int, log_lines: int | None, database: str = "") -> "Plan":
        """The run that was begun with the same sizes, or a new one."""
        lines = LINES_EACH * petitions if log_lines is None else log_lines
        plan = cls(petitions, lines, database or f"bench_{petitions}_{lines}")
        return cls(**json.loads(plan.path.read_text())) if plan.path.exists() else plan

    def watched(self) -> "Plan":
        """The run beside this one in which every petition is open, in a database of its own: for the sweep."""
        petitions = min(self.petitions, WATCHED)
        plan = Plan(petitions, petitions, f"{self.database}_open", all_open=True)
        return Plan(**json.loads(plan.path.read_text())) if plan.path.exists() else plan

    def save(self) -> None:
        """Written beside and moved into place: a killed run leaves the old file or the new one, never half."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1))
        draft.replace(self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)

    def once(self, name: str, do, *, say=lambda line: None) -> None:
        """Do the step unless it was done before."""
        if name in self.done:
            return
        started = perf_counter()
        do()
        self.seconds[name] = round(perf_counter() - started, 1)
        self.done.append(name)
        self.save()
        say(f"  {name}：{self.seconds[name]} 秒")


def folder() -> Path:
    """Where progress files and the dropped indexes' definitions lie."""
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("DATA_DIR") or root / "var") / "bench-million"
