"""建档：把办理日志走到哪里的件，检索文档就跟到哪里。拉而不推，重跑无害。"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Q

from documents.models import Transcript
from insight.models import BigramCount, SearchDocument
from insight.search.indexed_text import Gathering
from insight.search.normal_form import lexemes
from petitions.models import Involvement, Petition, PetitionAttachment, PetitionEvent

BATCH = 500
RECENT = 5_000  # lines of the log looked at each time; none of them is missed where they were committed out of order
SEEN = "insight:indexed-up-to"
MOVED = 0  # the sequence number of a document that must be read again
INDEXING = 0x53454152  # 建档时的咨询锁：同时只有一个在建


class Busy(Exception):
    """Another process is indexing; it sees to what is behind."""


def index_pending() -> int:
    """What the newest log lines, the reading of scans or a change of the organ tree left behind. Cheap while nothing
    happens, however many petitions there are: every petition is compared only where more lines came than the window
    holds, or where nobody remembers how far it was. Returns how many documents were written.
    """
    window = list(PetitionEvent.objects.order_by("-pk").values_list("pk", "petition_id")[:RECENT])
    newest, oldest = (window[0][0], window[-1][0]) if window else (0, 0)
    seen = cache.get(SEEN)
    whole = seen is None or seen > newest or (len(window) == RECENT and seen < oldest)
    try:
        written = _index(None if whole else {key for _, key in window} | _to_read_again())
    except Busy:
        return 0
    cache.set(SEEN, newest, None)
    return written


def index_all() -> int:
    """Compare every petition with its document. Returns how many were written; 0 too while another does it."""
    try:
        return _index(None)
    except Busy:
        return 0


def _index(among: Collection[int] | None) -> int:
    """Batch after batch in the order of their keys; `among`: the only ones to be compared. Raises Busy."""
    written, after = 0, 0
    while batch := _index_batch(after, among):
        written += len(batch)
        after = batch[-1]
    return written


@transaction.atomic
def _index_batch(after: int, among: Collection[int] | None) -> list[int]:
    """Bring the next documents up to their petitions' logs. Returns their keys. Raises Busy while another does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [INDEXING])
        if not cursor.fetchone()[0]:
            raise Busy
    behind = Q(document=None) | Q(document__indexed_seq__lt=F("seq"))
    if read := list(_of_scans(Transcript.objects.to_index()).values_list("petition", flat=True)[:BATCH]):
        behind |= Q(pk__in=read)
    compared = Petition.objects.all() if among is None else Petition.objects.filter(pk__in=among)
    petitions = list(
        compared.filter(behind, pk__gt=after)
        .select_related("submission", "document")
        .order_by("pk")
        .defer("document__tsv")[:BATCH]
    )
    if petitions:
        _write(petitions)
    return [petition.pk for petition in petitions]


def _to_read_again() -> set[int]:
    """Petitions whose scans were read or corrected, and those whose organs stand elsewhere now."""
    scanned = _of_scans(Transcript.objects.to_index()).values_list("petition", flat=True)
    moved = SearchDocument.objects.filter(indexed_seq=MOVED).values_list("pk", flat=True)
    return {*scanned, *moved}


def look_again(organs: Iterable[int]) -> None:
    """Organs that stand elsewhere in the tree now: the petitions they are involved in are indexed anew."""
    there = Involvement.objects.filter(organ__in=organs, until=None)
    SearchDocument.objects.filter(petition__in=there.values("petition")).update(indexed_seq=MOVED)


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
