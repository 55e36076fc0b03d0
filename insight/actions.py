"""建档：把办理日志走到哪里的件，检索文档就跟到哪里。拉而不推，重跑无害。"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Q

from documents.models import Transcript
from insight.gathering import Gathering
from insight.models import BigramCount, SearchDocument
from insight.normal import lexemes
from petitions.models import Involvement, Petition, PetitionAttachment

BATCH = 500
INDEXING = 0x53454152  # 建档时的咨询锁：同时只有一个在建


@transaction.atomic
def index_batch(size: int = BATCH) -> int:
    """Bring up to `size` documents up to their petitions' logs. Returns how many; 0 too while another does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [INDEXING])
        if not cursor.fetchone()[0]:
            return 0
    behind = Q(document=None) | Q(document__indexed_seq__lt=F("seq"))
    if read := list(_of_scans(Transcript.objects.to_index()).values_list("petition", flat=True)[:size]):
        behind |= Q(pk__in=read)
    petitions = list(
        Petition.objects.filter(behind)
        .select_related("submission", "document")
        .order_by("pk")
        .defer("document__tsv")[:size]
    )
    if petitions:
        _write(petitions)
    return len(petitions)


def index_all() -> int:
    """Batch after batch until nothing is behind. Returns how many documents were written."""
    written = 0
    while done := index_batch():
        written += done
    return written


def look_again(organs: Iterable[int]) -> None:
    """Organs that stand elsewhere in the tree now: the petitions they are involved in are indexed anew."""
    there = Involvement.objects.filter(organ__in=organs, until=None)
    SearchDocument.objects.filter(petition__in=there.values("petition")).update(indexed_seq=0)


def _of_scans(transcripts):
    return PetitionAttachment.objects.filter(attachment__transcript__in=transcripts)


def _write(petitions: list[Petition]) -> None:
    gathering = Gathering(petitions)
    for key, edition in gathering.scans:  # 这一稿进了检索；读的时候又被改过的，下一轮再来
        Transcript.objects.filter(pk=key, edition=edition).update(indexed=True)
    documents, unchanged, counted, gone = [], [], Counter(), Counter()
    for petition in petitions:
        known = getattr(petition, "document", None)  # 先问：新建的一认件，件就认它了
        found = gathering.of(petition)
        document = SearchDocument(
            petition=petition,
            body=found.body,
            beside=found.beside,
            marks=" ".join(found.marks),
            tsv=[*lexemes(found.body, found.beside), *found.marks],
            indexed_seq=petition.seq,
            secrecy=petition.secrecy,
        )
        if known is not None and known.says_what(document):
            known.indexed_seq = petition.seq
            unchanged.append(known)
            continue
        if known is not None and known.secrecy == 0:
            gone.update(known.bigrams)
        if petition.secrecy == 0:
            counted.update(document.bigrams)
        documents.append(document)
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["petition"],
        update_fields=["tsv", "body", "beside", "marks", "indexed_seq", "secrecy"],
        batch_size=100,
    )
    SearchDocument.objects.bulk_update(unchanged, ["indexed_seq"])
    BigramCount.objects.add(counted - gone)
    BigramCount.objects.take_back(gone - counted)
