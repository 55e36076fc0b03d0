"""判重权重的拟合：两个逻辑回归，只把数写进表。

same: pairs told as one matter or not (the gold of the file, each text beside the fifteen most alike, and the hand-read
pairs), over the scores and their products, strongly held back. elsewhere: copies with the names exchanged (traps.py)
against the true ones.
"""

from collections.abc import Sequence
from statistics import fmean, pstdev

from insight.judging import Judge

SAME_HELD = 200.0  # L2; both chosen by cross-validation over groups
ELSEWHERE_HELD = 33.0
STEPS = 500
DIGITS = 4


def fitted(rows: Sequence[dict[str, float]], labels: Sequence[bool], names: Sequence[str], held: float) -> Judge:
    """A judge that tells the rows labelled true from the others; `held`: how strongly weights are held back."""
    from sklearn.linear_model import LogisticRegression  # only where weights are fitted: it is large

    columns = [[row[name] for row in rows] for name in names]
    mean = tuple(round(fmean(column), DIGITS) for column in columns)
    spread = tuple(round(pstdev(column), DIGITS) or 1.0 for column in columns)
    blank = Judge(tuple(names), mean, spread, (), 0.0)
    model = LogisticRegression(C=1 / held, max_iter=STEPS).fit([blank.terms(row) for row in rows], labels)
    weights = tuple(round(float(weight), DIGITS) for weight in model.coef_[0])
    return Judge(tuple(names), mean, spread, weights, round(float(model.intercept_[0]), DIGITS))
