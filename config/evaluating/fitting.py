"""判重权重的拟合：一片小树、一个逻辑回归，只把数写进表。

same: pairs told as one matter or not (the gold of the file, each text beside the fifteen most alike, and the hand-read
pairs), over the scores, by small trees. elsewhere: copies with the names exchanged (traps.py)
against the true ones, by a logistic regression over the scores and their products.
"""

from collections.abc import Sequence
from math import log
from statistics import fmean, pstdev

from insight.duplicates.judgement import Judge, Node, Trees

TREES, DEPTH, PACE = 140, 3, 0.08  # of three questions each; how much of each tree's answer counts
LEAF, ROWS, SCORES = 30, 0.6, 0.35  # least rows of an answer; share of rows and scores each tree sees
SEED = 11
ELSEWHERE_HELD = 33.0  # L2, chosen by cross-validation over groups
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


def grown(rows: Sequence[dict[str, float]], labels: Sequence[bool], names: Sequence[str]) -> Trees:
    """Trees that tell the rows labelled true from the others; the same rows give the same trees."""
    from sklearn.ensemble import GradientBoostingClassifier  # as above

    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=PACE,
        min_samples_leaf=LEAF,
        subsample=ROWS,
        max_features=SCORES,
        random_state=SEED,
    ).fit([[row[name] for name in names] for row in rows], labels)
    share = fmean(labels)
    mean = tuple(round(fmean(row[name] for row in rows), DIGITS) for name in names)
    trees = tuple(_node(one.tree_, 0) for one in model.estimators_[:, 0])
    return Trees(tuple(names), mean, round(log(share / (1 - share)), DIGITS), trees)


def _node(tree, at: int) -> Node:
    if tree.children_left[at] < 0:
        return round(PACE * float(tree.value[at][0][0]), DIGITS)
    then, other = _node(tree, tree.children_left[at]), _node(tree, tree.children_right[at])
    return int(tree.feature[at]), round(float(tree.threshold[at]), DIGITS), then, other
