from django.db import connection
from django.db.models import Q, QuerySet
from django.db.transaction import TransactionManagementError

from documents.files.ocr import READABLE


class LetterTemplateQuerySet(QuerySet):
    def in_force_on(self, day):
        """Templates that may be used for a letter of that day, newest first."""
        return (
            self.filter(valid_from__lte=day)
            .filter(Q(valid_to=None) | Q(valid_to__gte=day))
            .order_by("kind", "-valid_from", "-version")
        )

    def for_kind(self, kind, day):
        """The template of a kind on that day, or None."""
        return self.in_force_on(day).filter(kind=kind).first()


class LetterQuerySet(QuerySet):
    def issued(self):
        return self.filter(status="issued")

    def drafts(self):
        return self.filter(status="draft")

    def about(self, case_no):
        """Letters of one petition, oldest first."""
        return self.filter(about=case_no).order_by("pk")

    def register(self, organ, year, series):
        """Every number an organ has given under one 类别字 in a year, void ones too."""
        return self.filter(organ=organ, year=year, series=series, serial__isnull=False)

    def missing(self, used: int) -> list[int]:
        """Serials from 1 to `used` that no letter of this register carries; empty where none is left out."""
        return sorted(set(range(1, used + 1)) - set(self.values_list("serial", flat=True)))

    def without_pdf(self):
        """Issued letters whose legal copy has still to be rendered."""
        return self.issued().filter(pdf="")


class LetterCounterQuerySet(QuerySet):
    def take(self, organ, series, year) -> int:
        """The next serial number, from 1. Holds the counter's row until the transaction ends, so take it last.

        A rollback gives the number back: no gaps. Raises TransactionManagementError outside a transaction.
        """
        if not connection.in_atomic_block:
            raise TransactionManagementError("文号只能在事务中领取")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO documents_lettercounter AS c (organ_id, series, year, n) VALUES (%s, %s, %s, 1) "
                "ON CONFLICT (organ_id, series, year) DO UPDATE SET n = c.n + 1 RETURNING n",
                [organ.pk, series, year],
            )
            return cursor.fetchone()[0]


class AttachmentQuerySet(QuerySet):
    def scans(self):
        """Letters and papers a machine may read: never an identity document, never a recording."""
        return self.filter(media_type__in=READABLE, kind__in=("letter", "evidence", "inquiry"))

    def to_be_read(self):
        return self.scans().filter(transcript=None)


class TranscriptQuerySet(QuerySet):
    def to_index(self):
        """Texts that the search does not know yet, or not as they stand."""
        return self.filter(indexed=False).exclude(state="failed")
