"""邮寄批次的办法：编批、逐件交邮、逐件记签收和退回。一件办不成不连累别的，原因写在那一件旁边。"""

from collections.abc import Callable, Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.authority import may, require_holding
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.models import Party, Petition, PostBatch, PostItem, Reveal, Service
from rulebook.acts import Act
from rulebook.timekeeping import now

ADDRESS = "姓名住址"


def to_post(user):
    """Services the user may post: issued, not served, not on their way, in no batch that waits for its numbers."""
    return (
        Service.objects.filter(
            state="waiting",
            posted_on=None,
            letter__issued_at__isnull=False,
            petition__in=Petition.objects.visible_to(user, Act.POST),
        )
        .exclude(post_items__tracking="")
        .select_related("letter__template", "party", "petition")
        .order_by("letter__issued_at", "pk")
    )


@transaction.atomic
def collect(keys: Iterable[int], *, by) -> PostBatch:
    """A new batch of these services. Raises Refused where one of them was taken, posted or served meanwhile."""
    require_holding(by, Act.POST)
    wanted = set(keys)
    found = list(to_post(by).filter(pk__in=wanted))
    if not found:
        raise Refused("请勾选要交邮的文书")
    if len(found) != len(wanted):
        raise Refused("所选文书有的刚被他人编入批次、交邮或者送达，请刷新后重选")
    if homeless := [one.party.shown_name for one in found if not one.party.posts_to]:
        raise Refused(f"没有登记住址和送达地址，不能邮寄：{'、'.join(homeless)}")
    batch = PostBatch.objects.create(organ=by.office, made_by=by, made_at=now())
    try:
        with transaction.atomic():
            PostItem.objects.bulk_create(PostItem(batch=batch, service=service) for service in found)
    except IntegrityError as taken:
        raise Refused("所选文书有的刚被他人编入批次，请刷新后重选") from taken
    return batch


def items_for(batch: PostBatch, user) -> list[PostItem]:
    """The batch's letters as far as the user may post them, in the order they were collected."""
    return list(
        batch.items.filter(service__petition__in=Petition.objects.visible_to(user, Act.POST))
        .select_related("service__letter__template", "service__party__person", "service__petition")
        .prefetch_related("service__attempts")
        .order_by("pk")
    )


def post(items: Mapping[PostItem, str], *, on, by) -> dict[int, str]:
    """交邮 each item under its number; returns the refusals by item, empty where all went."""

    def one(item):
        number = items[item].strip()
        carry_out(_fresh(item.service), Act.POST, by=by, on=on, tracking=number)
        item.tracking = number
        item.save(update_fields=["tracking"])

    return _each(items, one)


def settle(items: Mapping[PostItem, dict], *, by) -> dict[int, str]:
    """签收 or 退回 of each item: a dict with `on`, and either `receiver`, `received_by` or `outcome`, `reason`."""

    def one(item):
        told = items[item]
        act = Act.ATTEMPT_SERVICE if "outcome" in told else Act.SERVE
        carry_out(_fresh(item.service), act, by=by, means="post", tracking=item.tracking, **told)

    return _each(items, one)


def drop(item: PostItem) -> None:
    """Take a letter that was not posted out of its batch; it may be collected again."""
    if not item.tracking:
        item.delete()


@transaction.atomic
def addresses(items: Iterable[PostItem], *, by, reason: str) -> list[Party]:
    """The persons to write to, once each, in full; every one of them leaves a line in the record of reveals.

    Raises PermissionDenied naming the petitions whose persons the user may not see in full.
    """
    items = list(items)
    closed = sorted({item.service.petition.number for item in items if not may(by, Act.REVEAL, item.service.petition)})
    if closed:
        raise PermissionDenied(f"您的岗位不能查看这些件的完整住址：{'、'.join(closed)}")
    people = {item.service.party.person_id: item.service for item in items}
    Reveal.objects.bulk_create(
        Reveal(party=one.party, petition=one.petition, by=by, field=ADDRESS, reason=reason, at=now())
        for one in people.values()
    )
    return [one.party for one in people.values()]


def _each(items: Iterable[PostItem], do: Callable) -> dict[int, str]:
    refused = {}
    for item in items:
        try:
            with transaction.atomic():
                do(item)
        except (Refused, PermissionDenied) as said:
            refused[item.pk] = str(said)
    return refused


def _fresh(service: Service) -> Service:
    """The service hanging on its petition as it stands now: the one before it may have moved the log on."""
    service = Service.objects.select_related("letter", "party__person").get(pk=service.pk)
    service.petition = Petition.objects.select_related("submission", "organ__office", "rule_set").get(
        pk=service.petition_id
    )
    return service
