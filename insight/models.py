"""检索文档：每件一行，由办理日志的序号知道是否过期；加密字段从不进来。"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from insight.querysets import BigramCountQuerySet, SearchDocumentQuerySet
from petitions.models import Petition


class LexemeField(SearchVectorField):
    """A tsvector written as a list of lexemes, exactly as they are: no dictionary, no positions."""

    def get_placeholder(self, value, compiler, connection):
        return "array_to_tsvector(%s::text[])"


@LexemeField.register_lookup
class Holds(models.Lookup):
    """The written tsquery against the lexemes as they are; the words pass no parser and no dictionary."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        lexemes, values = self.process_lhs(compiler, connection)
        return f"{lexemes} @@ %s::tsquery", [*values, self.rhs]


class SearchDocument(models.Model):
    """What one petition is found by. Who may find it is never asked here: join `Petition.objects.visible_to`."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="document")
    tsv = LexemeField("二字组")
    body = models.TextField("检索文本")
    indexed_seq = models.PositiveIntegerField("所据日志序号")
    secrecy = models.PositiveSmallIntegerField("密级", default=0)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "检索文档"
        indexes = [GinIndex(fields=["tsv"], name="search_bigrams")]

    def __str__(self):
        return f"{self.petition_id}@{self.indexed_seq}"


class BigramCount(models.Model):
    """In about how many documents a bigram stands: a hint which to ask the index for, never an answer.

    Counted as petitions are indexed, taken back when their words change or become confidential; confidential petitions
    are not counted, for the counts weigh likeness and would give a guessed word away.
    """

    gram = models.CharField("二字组", max_length=8, primary_key=True)
    documents = models.PositiveIntegerField("件数")

    objects = BigramCountQuerySet.as_manager()

    class Meta:
        verbose_name = "二字组频度"

    def __str__(self):
        return f"{self.gram} {self.documents}"
