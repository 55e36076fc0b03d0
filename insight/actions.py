"""建档：把办理日志走到哪里的件，检索文档就跟到哪里。拉而不推，重跑无害。"""

from collections import Counter, defaultdict

from django.db import connection, transaction
from django.db.models import F, Q

from accounts.privacy import mask_text
from insight.models import BigramCount, SearchDocument
from insight.normal import bigrams, joined, lexemes
from petitions.models import Claim, Party, Petition

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


def _write(petitions: list[Petition]) -> None:
    claims, names = _claims_of(petitions), _names_of(petitions)
    documents, unchanged, counted, gone = [], [], Counter(), Counter()
    for petition in petitions:
        body = joined(_fields(petition, claims[petition.pk], names[petition.submission_id]))
        known = getattr(petition, "document", None)
        if known is not None and (known.body, known.secrecy) == (body, petition.secrecy):
            known.indexed_seq = petition.seq
            unchanged.append(known)
            continue
        if known is not None and known.secrecy == 0:
            gone.update(bigrams(known.body))
        if petition.secrecy == 0:
            counted.update(bigrams(body))
        documents.append(
            SearchDocument(
                petition=petition,
                body=body,
                tsv=lexemes(body, year=petition.received_on.year),
                indexed_seq=petition.seq,
                secrecy=petition.secrecy,
            )
        )
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["petition"],
        update_fields=["tsv", "body", "indexed_seq", "secrecy"],
        batch_size=100,
    )
    SearchDocument.objects.bulk_update(unchanged, ["indexed_seq"])
    BigramCount.objects.add(counted - gone)
    BigramCount.objects.take_back(gone - counted)


def _fields(petition: Petition, claims: list[str], names: list[str]) -> list[str]:
    """What the petition may be found by. An excerpt's petition never by the original; sealed fields never at all.

    Numbers of people inside the text are masked as on the screen, so that nobody finds a number out by asking.
    """
    said = petition.submission.original if petition.shows_original else petition.excerpt
    told = [petition.title, said, *claims, petition.place, petition.about_text]
    return [*(mask_text(text) for text in told), *names, petition.number]


def _claims_of(petitions: list[Petition]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Claim.objects.filter(petition__in=petitions).order_by("petition_id", "number")
    for petition_id, text in rows.values_list("petition_id", "text"):
        found[petition_id].append(text)
    return found


def _names_of(petitions: list[Petition]) -> dict[int, list[str]]:
    """Names of the parties, not of those who asked that theirs be withheld."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Party.objects.filter(submission__in={petition.submission_id for petition in petitions}, name_withheld=False)
    for submission_id, name in rows.order_by("submission_id", "position").values_list("submission_id", "name"):
        found[submission_id].append(name)
    return found
