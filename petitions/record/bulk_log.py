"""许多件的日志行一次写下：封好的行一条语句，各件的行数和末行散列一条语句。"""

from collections.abc import Iterable

from django.db import connection

from petitions.models import PetitionEvent


def append(lines: Iterable[PetitionEvent]) -> None:
    """Store sealed lines (ledger.next_line, in the order they were sealed) and how far their petitions have come.

    The caller holds the lock of every petition; columns beside the count and the last hash are the caller's business.
    """
    lines = list(lines)
    if not lines:
        return
    PetitionEvent.objects.bulk_create(lines)
    petitions = list({line.petition_id: line.petition for line in lines}.values())
    columns = [[getattr(petition, name) for petition in petitions] for name in ("pk", "seq", "last_hash")]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE petitions_petition row SET seq = now.seq, last_hash = now.last_hash "
            "FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS now (id, seq, last_hash) WHERE row.id = now.id",
            columns,
        )
