"""本次文件里见过的外部编号：放在临时文件里，行数再多也不占内存。"""

import hashlib
import sqlite3


class Seen:
    """Counts keys; used in a `with`, gone afterwards."""

    def __enter__(self) -> "Seen":
        self._store = sqlite3.connect("")  # 空名：放不下内存的部分自动写到一个随关随删的临时文件
        self._store.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")
        return self

    def __exit__(self, *fault) -> None:
        self._store.close()

    def times(self, key: str) -> int:
        """How often the key came before this time."""
        row = self._store.execute(
            "INSERT INTO seen VALUES (?, 0) ON CONFLICT (key) DO UPDATE SET times = times + 1 RETURNING times", [key]
        ).fetchone()
        return row[0]


def content_key(cells: dict[str, str]) -> str:
    """A number for a row that bears none: the same words give the same number."""
    digest = hashlib.sha256("\x1f".join(f"{column}\x1e{cell}" for column, cell in sorted(cells.items())).encode())
    return f"row-{digest.hexdigest()[:32]}"
