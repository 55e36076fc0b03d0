"""manage first_administrator：发布城市包以后，开第一个系统管理员账户；其余的人由他在网页上开。"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organ
from accounts.staff.acts import create_first_administrator


class Command(BaseCommand):
    help = "开第一个系统管理员账户，印出一次性口令；已有系统管理员的不开"

    def add_arguments(self, parser):
        """--organ is the code of the organ the administrator belongs to, as in the pack's organs.csv."""
        parser.add_argument("username", help="用户名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--organ", required=True, metavar="CODE", help="所在单位的机构代码")

    def handle(self, *args, username, name, organ, **options):
        """The password goes to standard output and nowhere else. CommandError, a sentence, where it is refused."""
        place = Organ.objects.filter(code=organ).first()
        if place is None:
            raise CommandError(f"没有代码为“{organ}”的机构：请先发布城市包，代码见 organs.csv")
        try:
            user, password = create_first_administrator(username=username, name=name, organ=place)
        except ValidationError as refused:
            raise CommandError("；".join(refused.messages)) from refused
        self.stdout.write(f"{user.username}　{user.name}　{place.name}")
        self.stdout.write(f"一次性口令：{password}（首次登录须改）")
