"""工作台到点就做的事。"""

from celery import shared_task

from desk.lists import saved_searches


@shared_task
def digest_searches() -> int:
    """每天早上：已存查询有新查到的，告诉存它的人。可以重复、可以漏跑。"""
    return saved_searches.digest()
