"""十二个人同时签发：文号不重、不跳。"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from documents.letters import issuance
from documents.models import Letter
from tests.documents.conftest import furnish
from tests.documents.samples import CASE_NO, SAMPLES

PEOPLE = 12


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_sign_at_once_and_some_fail(kept_files):
    street, together = furnish(), Barrier(PEOPLE)

    def sign(person):
        try:
            together.wait(timeout=30)
            with transaction.atomic():
                issuance.issue_at_once(
                    "F10", organ=street, fields=SAMPLES["F10"], about=CASE_NO, addressee="刘桂兰", by=None
                )
                if person % 3 == 0:
                    transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(sign, range(PEOPLE)))
    serials = sorted(Letter.objects.values_list("serial", flat=True))
    assert serials == list(range(1, PEOPLE * 2 // 3 + 1))
