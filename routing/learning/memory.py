"""记得的件：每件留下最有分量的字组，新来的一件先找最像的几件，再看它们归哪一类。只用 numpy。"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

REMEMBERED = 1_000_000  # grams kept of all cases together: 3 MB
MOST_OF_ONE = 120  # grams kept of one case
READ = 240  # grams of a new text that are looked up
NEAREST = 15  # cases that are asked
CLOSENESS = 4  # power of the likeness: a case twice as like says sixteen times as much
FINEST = 255


@dataclass(frozen=True)
class Memory:
    """Which cases each gram stands in. Nothing of a case but its heaviest grams and the label it was given."""

    starts: np.ndarray  # int32, one more than there are grams: where the entries of each gram begin
    cases: np.ndarray  # unsigned: the case of each entry, ascending within a gram
    values: np.ndarray  # uint8: what the gram counts there, 255 for all
    borne: np.ndarray  # unsigned: the place of the label of each case
    worth: np.ndarray  # float32: what each gram counts when cases are compared

    def shares(self, at: np.ndarray, values: np.ndarray, labels: int) -> np.ndarray:
        """What the nearest cases say, as parts of one; all zero where none has a gram in common.

        `at`, `values`: the known grams of a text and what they count by `worth`, brought to length 1.
        """
        at, values = heaviest(at, values, READ)
        begins, ends = self.starts[at], self.starts[at + 1]
        entries = np.concatenate([np.arange(begin, end) for begin, end in zip(begins, ends, strict=True)] or [begins])
        said = np.repeat(values, ends - begins) * self.values[entries]
        likeness = np.bincount(self.cases[entries], weights=said, minlength=len(self.borne)) / FINEST
        nearest = np.argpartition(-likeness, NEAREST)[:NEAREST] if len(likeness) > NEAREST else np.arange(len(likeness))
        told = np.bincount(self.borne[nearest], weights=likeness[nearest] ** CLOSENESS, minlength=labels)
        total = told.sum()
        return told / total if total else told

    def arrays(self) -> dict[str, np.ndarray]:
        """Its parts by name, to be stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def remember(
    rows: Sequence[tuple[np.ndarray, np.ndarray]], borne: np.ndarray, labels: int, worth: np.ndarray
) -> Memory:
    """The memory of cases: `rows` hold for each the places of its grams and their values, `borne` its label."""
    most = min(MOST_OF_ONE, max(REMEMBERED // len(rows), 1))
    kept = [heaviest(at, values, most) for at, values in rows]
    at = np.concatenate([at for at, _ in kept])
    cases = np.repeat(np.arange(len(kept)), [len(at) for at, _ in kept])
    values = np.rint(np.concatenate([values for _, values in kept]) * FINEST)
    order = np.lexsort((cases, at))
    return Memory(
        np.concatenate([[0], np.cumsum(np.bincount(at, minlength=len(worth)))]).astype(np.int32),
        cases[order].astype(np.min_scalar_type(len(kept))),
        values[order].astype(np.uint8),
        borne.astype(np.min_scalar_type(labels)),
        worth,
    )


def heaviest(at: np.ndarray, values: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The grams of one text that count most, in ascending order."""
    if len(at) <= most:
        return at, values
    kept = np.sort(np.argpartition(-values, most)[:most])
    return at[kept], values[kept]
