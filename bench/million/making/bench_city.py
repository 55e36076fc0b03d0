"""测速用的城市：演示城市的规则和机构，云河区照样再抄几个区，抄到八百二十个机构；再真办几十件作样子。"""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import Appointment, Organ, Post, User
from bench.million.plan import ORGANS
from config import city as packs
from config.demo.story.plot import STORIES
from config.demo.story.reader import Phrases, Tale, read
from config.demo.walker import walk
from petitions.models import Place
from rulebook.timekeeping import today

HOME = "11019901"  # 云河区：样子都在这里办
HOME_ORGANS = "YH"
# 每种走向办几件作样子
LIVES = {
    "closed": 8,
    "served": 3,
    "led_in": 2,
    "redirected": 2,
    "declined": 1,
    "filed": 1,
    "registered": 3,
    "forwarded": 1,
    "assigned": 1,
    "arrived": 2,
    "accepted": 3,
    "submitted": 2,
    "issued": 1,
    "studying": 1,
    "deemed_accepted": 1,
    "referred": 1,
}

ONE_OF_EACH = dict.fromkeys(("closed", "led_in", "registered", "accepted", "arrived"), 1)


def prepare(lives: dict[str, int]) -> None:
    """Publish the demo city, walk the lives that are to be copied, lay out the other districts."""
    folder = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
    packs.publish(folder, by="测速")
    packs.load_people(folder, "bench-only-2026")
    walking = walk(_tales(folder, lives), Phrases(folder))
    if walking.refusals:
        raise RuntimeError(f"样子没有办完：{walking.refusals}")
    further_districts()


def _tales(folder: Path, lives: dict[str, int]) -> list[Tale]:
    """So many of every story from the home district that lean on no other petition."""
    wanted, chosen = dict(lives), []
    for tale in read(folder, STORIES):
        alone = not (tale.repeat_of or tale.group_of or tale.earlier or tale.flags & {"sponsored", "confidential"})
        at_home = tale.organ.startswith(HOME_ORGANS) and tale.handler.startswith(HOME_ORGANS)
        if alone and at_home and wanted.get(tale.story):
            wanted[tale.story] -= 1
            chosen.append(tale)
    return chosen


@transaction.atomic
def further_districts() -> None:
    """Copies of the home district, organs, people and posts, until the city has as many organs as planned."""
    home = list(Organ.objects.filter(territory__startswith=HOME).order_by("path"))
    count = (ORGANS - Organ.objects.count()) // len(home)
    for number in range(count):
        _copy_of(home, f"{int(HOME) + 40 + number}", number + 1)


def _copy_of(home: list[Organ], area: str, number: int) -> None:
    copies: dict[int, Organ] = {}
    for organ in home:
        copies[organ.pk] = Organ.objects.create(
            code=f"B{number:02d}{organ.code}",
            name=f"{organ.name}（{number}）",
            short_name=f"{organ.short_name}{number}",
            letter_code=f"{organ.letter_code}{number}" if organ.letter_code else "",
            kind=organ.kind,
            level=organ.level,
            parent=copies.get(organ.parent_id, organ.parent),
            territory=area + organ.territory[len(HOME) :],
            function=organ.function,
            valid_from=organ.valid_from,
        )
    for organ in home:  # 复查、复核机关可能排在后面，所以另走一遍
        copy = copies[organ.pk]
        copy.review_organ = copies.get(organ.review_organ_id, organ.review_organ)
        copy.recheck_organ = copies.get(organ.recheck_organ_id, organ.recheck_organ)
    Organ.objects.bulk_update(copies.values(), ["review_organ", "recheck_organ"])
    users = User.objects.filter(organ__in=home).order_by("pk")
    staff = {user.pk: _colleague(user, copies[user.organ_id], number) for user in users}
    User.objects.bulk_create(staff.values())
    posts = {
        post.pk: Post(organ=copies[post.organ_id], role_id=post.role_id, title=post.title)
        for post in Post.objects.filter(organ__in=home).order_by("pk")
    }
    Post.objects.bulk_create(posts.values())
    Appointment.objects.bulk_create(
        Appointment(user=staff[row.user_id], post=posts[row.post_id], since=row.since)
        for row in Appointment.objects.current_on(today()).filter(user__in=staff, post__in=posts).order_by("pk")
    )
    Place.objects.bulk_create(
        Place(name=place.name, kind=place.kind, territory=area + place.territory[len(HOME) :])
        for place in Place.objects.filter(territory__startswith=HOME).order_by("pk")
    )


def _colleague(user: User, organ: Organ, number: int) -> User:
    return User(
        username=f"b{number:02d}{user.username}", name=user.name, organ=organ, phone=user.phone, password=user.password
    )
