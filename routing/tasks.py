"""夜里重学分类与去向：从已确认的件学，好过在用的才启用。"""

from celery import shared_task

from routing.learning import nightly_training


@shared_task
def retrain() -> dict[str, str]:
    """Train every subject anew; may run twice, or beside another. Returns a sentence on each."""
    return nightly_training.retrain_all()
