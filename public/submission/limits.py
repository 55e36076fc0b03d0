"""网上提交收多少：城市定的数目，只在这里换算。"""

from dataclasses import dataclass

from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import today

MB = 1024 * 1024
FORM_ROOM = 2 * MB  # 文字和表单本身占的地方


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, `draft_days` in 自然日, `hourly` submissions of one address within an hour."""

    files: int
    file: int
    total: int
    day: int
    draft_days: int
    hourly: int
    receiver: str

    @property
    def request(self) -> int:
        """The longest request that can hold all that may come at once."""
        return self.total + FORM_ROOM


def in_force() -> Limits:
    """As the city's rules of today have them. Raises RulesMissing where none were published."""
    chosen = settings_of(rule_set_on(today()))
    return Limits(
        files=chosen["online_files"],
        file=chosen["online_file_mb"] * MB,
        total=chosen["online_total_mb"] * MB,
        day=chosen["online_day_mb"] * MB,
        draft_days=chosen["online_draft_days"],
        hourly=chosen["online_hourly"],
        receiver=chosen["online_receiver"],
    )
