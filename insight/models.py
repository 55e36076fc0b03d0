"""检索文档：每件一行，由办理日志的序号知道是否过期；加密字段从不进来。"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from accounts.privacy import EncryptedTextField
from insight.querysets import BigramCountQuerySet, SavedSearchQuerySet, SearchDocumentQuerySet
from insight.search.normal_form import bigrams
from petitions.models import Petition
from rulebook.timekeeping import local_date


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
    body = models.TextField("来件所说")
    beside = models.TextField("答复、文号、地名", blank=True, default="")
    marks = models.TextField("年份、范围、读音", blank=True, default="")
    indexed_seq = models.PositiveIntegerField("所据日志序号")
    secrecy = models.PositiveSmallIntegerField("密级", default=0)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "检索文档"
        indexes = [
            GinIndex(fields=["tsv"], name="search_bigrams"),
            models.Index(fields=["petition"], condition=models.Q(indexed_seq=0), name="search_to_read_again"),
        ]

    def __str__(self):
        return f"{self.petition_id}@{self.indexed_seq}"

    @property
    def bigrams(self) -> set[str]:
        return bigrams(self.body) | bigrams(self.beside)

    def says_what(self, other: "SearchDocument") -> bool:
        """Whether both are found by the same words and marks, and are as secret."""
        told = ("body", "beside", "marks", "secrecy")
        return all(getattr(self, name) == getattr(other, name) for name in told)


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


class SavedSearch(models.Model):
    """已存查询：一个人留着天天要看的一次查询。问的话可能有姓名，整句加密；查到过的只记键。"""

    MOST = 12  # 个
    REMEMBERED = 1000  # 件

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name="用户", db_index=False
    )
    name = EncryptedTextField("名称")
    query = EncryptedTextField("查询条件")
    digest = models.BooleanField("每天告知", default=False)
    seen = models.JSONField("已查到过的件", default=list)
    fresh = models.JSONField("最近一次新查到的件", default=list)
    looked_at = models.DateTimeField("最近一次查看")

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "已存查询"
        ordering = ["pk"]
        indexes = [models.Index(fields=["user"], name="saved_search_user")]

    def __str__(self):
        return f"已存查询 {self.pk}"

    def meet(self, keys: list[int], at) -> list[int]:
        """Take in what is found now, petition keys, the newest first; returns those never found before."""
        known = set(self.seen)
        # 只记得最新的这么多件：更早的补进来，不是新查到的
        oldest = min(known) if len(known) > self.REMEMBERED else 0
        new = [key for key in keys if key not in known and key > oldest]
        earlier_today = self.fresh if local_date(self.looked_at) == local_date(at) else []
        self.fresh = [key for key in keys if key in {*new, *earlier_today}]
        self.seen, self.looked_at = keys, at
        self.save()
        return new
