from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import contextmanager

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import F, FloatField, Func, Q, QuerySet, Value

from accounts.querysets import IsAnyOf
from insight.search.normal_form import bigrams

# groups of marks (insight.search.marks): of each group the document must bear at least one
Within = Iterable[Iterable[str]]
EVERYWHERE: tuple = ()
RAREST = 4  # bigrams asked of the index; the exact text is compared afterwards (performance.md §1)


@contextmanager
def by_index():
    """Let the planner use the index for many rare bigrams at once, inside one transaction.

    It takes every bigram it has no figure for to be ten times commoner than it is, and reads the whole table instead.
    """
    within = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        if within:  # otherwise it ends with the transaction
            cursor.execute("SET LOCAL enable_seqscan = on")


def rarest(words: list[str], counts: Mapping[str, int], wanted: int = RAREST) -> list[str]:
    """The rarest bigrams of the folded words by the counts of all of them; at least one of each word."""
    rank = sorted(counts, key=lambda gram: (counts[gram], gram))
    chosen = {next(gram for gram in rank if gram in grams) for grams in map(bigrams, words)}
    for gram in rank:
        if len(chosen) >= wanted:
            break
        chosen.add(gram)
    return sorted(chosen, key=rank.index)


def shared_query(grams: list[str], within: Within = EVERYWHERE, *, least: int = 1) -> tuple[str, str]:
    """What documents must hold (one of the bigrams, or two) and what they are ranked by, as PostgreSQL reads it."""
    asked = _query(" | ", grams, within) if least == 1 else f"({_two_of(grams)}){_among(within)}"
    return asked, _joined(" | ", grams)


class SearchDocumentQuerySet(QuerySet):
    def holding(self, words: list[str], grams: Iterable[str], within: Within = EVERYWHERE):
        """Documents in which every folded word stands. The grams narrow it down by index, the text decides."""
        found = self.filter(tsv__holds=_query(" & ", grams, within))
        for word in words:
            if len(word) > 2:  # a word of two signs is its own bigram: the index has already answered
                found = found.filter(Q(body__contains=word) | Q(beside__contains=word))
        return found

    def sharing(self, grams: Iterable[str], within: Within = EVERYWHERE, *, least: int = 1):
        """Documents with at least one of the bigrams, or two, those with most of them first, the newer before the
        older."""
        return self.sharing_as(*shared_query(list(grams), within, least=least))

    def sharing_as(self, asked: str, ranked: str):
        """The same, told in the two texts of `shared_query`."""
        # without positions ts_rank counts how many of the lexemes stand there
        rank = Func("tsv", Value(ranked), template="ts_rank(%(expressions)s::tsquery)", output_field=FloatField())
        return self.filter(tsv__holds=asked).alias(rank=rank).order_by("-rank", "-pk")

    def picked(self):
        """These (ordered and cut off), to be read: which they are is settled before any text is joined to them."""
        chosen = IsAnyOf(F("pk"), ArraySubquery(self.values("pk")))
        return self.model._default_manager.filter(chosen).order_by("-pk")

    def bearing(self, marks: Iterable[str]):
        """Documents that bear one of the marks."""
        return self.filter(tsv__holds=_joined(" | ", marks))

    def marked(self, marks: Iterable[str], within: Within = EVERYWHERE):
        """Documents that bear one of the marks, the newer first."""
        return self.filter(tsv__holds=_query(" | ", marks, within)).order_by("-pk")


class BigramCountQuerySet(QuerySet):
    def of(self, grams: Iterable[str]) -> dict[str, int]:
        """About how many documents hold each; 0 where it was never met."""
        asked = list(grams)
        with connection.cursor() as cursor:  # several hundred of them at a time: the ORM takes longer than the table
            cursor.execute("SELECT gram, documents FROM insight_bigramcount WHERE gram = ANY(%s)", [asked])
            met = dict(cursor.fetchall())
        return {gram: met.get(gram, 0) for gram in asked}

    def rarest(self, words: list[str], wanted: int = RAREST) -> list[str]:
        """The rarest bigrams of the folded words; at least one of each word."""
        return rarest(words, self.of(set().union(*map(bigrams, words))), wanted)

    def add(self, counted: Counter[str]) -> None:
        """Count further documents; in one order always, so that two writers never wait for each other."""
        grams = sorted(counted)
        if not grams:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO insight_bigramcount AS known (gram, documents) "
                "SELECT * FROM unnest(%s::text[], %s::int[]) "
                "ON CONFLICT (gram) DO UPDATE SET documents = known.documents + excluded.documents",
                [grams, [counted[gram] for gram in grams]],
            )

    def take_back(self, counted: Counter[str]) -> None:
        """Count documents no longer; what then stands nowhere is forgotten, so that it answers as if never met."""
        grams = sorted(counted)
        if not grams:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE insight_bigramcount AS known SET documents = greatest(known.documents - gone.documents, 0) "
                "FROM (SELECT * FROM unnest(%s::text[], %s::int[]) AS gone (gram, documents)) AS gone "
                "WHERE known.gram = gone.gram",
                [grams, [counted[gram] for gram in grams]],
            )
        self.filter(pk__in=grams, documents=0).delete()


class SavedSearchQuerySet(QuerySet):
    def of(self, user):
        return self.filter(user_id=user.pk)

    def to_be_told(self):
        """Those whose owner wants to hear of what is new, and still works here."""
        return self.filter(digest=True, user__is_active=True, user__organ__isnull=False)


def _query(joint: str, lexemes: Iterable[str], within: Within) -> str:
    """The lexemes as PostgreSQL reads a tsquery, and with each group of marks one of that group. A folded text and a
    mark hold no quote and no backslash."""
    return f"({_joined(joint, lexemes)}){_among(within)}"


def _two_of(lexemes: list[str]) -> str:
    """Any two of them together."""
    pairs = ((one, lexemes[at:]) for at, one in enumerate(lexemes[:-1], 1))
    return " | ".join(f"('{one}' & ({_joined(' | ', others)}))" for one, others in pairs)


def _among(within: Within) -> str:
    return "".join(f" & ({_joined(' | ', marks)})" for marks in within)


def _joined(joint: str, lexemes: Iterable[str]) -> str:
    return joint.join(f"'{lexeme}'" for lexeme in lexemes)
