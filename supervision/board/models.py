"""督查页的存数：在办的件一件一行，各数一格一格地加减。两张表都由数据库的触发器写，与它们所数的行同一事务。"""

from django.db import models

from accounts.models import Organ
from petitions.models import Category, Petition
from supervision.querysets import BoardCountQuerySet, BoardRowQuerySet

UNCHECKED = {"on_delete": models.DO_NOTHING, "db_constraint": False, "db_index": False, "related_name": "+"}


class BoardRow(models.Model):
    """What the board counts and sorts an open petition by. Written by triggers alone (ADR 0042); the functions of the
    database return whole rows of this table, so a column more here needs them made anew."""

    petition = models.OneToOneField(
        Petition, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="on_board"
    )
    organ = models.ForeignKey(Organ, verbose_name="承办单位", **UNCHECKED)
    secret = models.BooleanField("保密")
    accused = models.ForeignKey(Organ, null=True, verbose_name="被检举控告的单位", **UNCHECKED)
    rule_set_id = models.BigIntegerField("规则集", null=True)
    next_term = models.CharField("最近期限", max_length=10)
    next_due_on = models.DateField("最近届满日", null=True)
    withdrawn = models.BooleanField("提醒已撤销")
    places = models.TextField("所及辖区")  # 当前各关系的单位在哪里，每处前面一点：·110101·110101002
    category = models.ForeignKey(Category, null=True, verbose_name="内容分类", **UNCHECKED)
    group_visit = models.BooleanField("集体访")
    repeated = models.BooleanField("重复信访")
    untold_on = models.DateField("应告知未告知的届满日", null=True)
    step_at = models.DateTimeField("下一步时间")

    objects = BoardRowQuerySet.as_manager()

    class Meta:
        verbose_name = "督查页的一件"
        indexes = [models.Index(fields=["step_at", "petition"], name="board_by_step")]


class BoardCount(models.Model):
    """So many more, or fewer, petitions of one kind: the number of a kind is the sum of its rows. Nobody updates a row,
    so nobody waits for anybody; a task folds them up now and then. Nothing confidential is counted."""

    class What(models.TextChoices):
        DUE = "due", "在办"
        GROUP = "group", "集体访"
        REPEAT = "repeat", "重复信访"
        UNTOLD = "untold", "未按期告知"
        CATEGORY = "category", "内容分类"

    what = models.CharField("数什么", max_length=8, choices=What.choices)
    organ = models.ForeignKey(Organ, null=True, verbose_name="承办单位", **UNCHECKED)
    places = models.TextField("所及辖区")
    accused = models.ForeignKey(Organ, null=True, verbose_name="被检举控告的单位", **UNCHECKED)
    rule_set_id = models.BigIntegerField("规则集", null=True)
    term = models.CharField("期限", max_length=10)
    due_on = models.DateField("届满日", null=True)
    withdrawn = models.BooleanField("提醒已撤销")
    category = models.ForeignKey(Category, null=True, verbose_name="内容分类", **UNCHECKED)
    n = models.BigIntegerField("件数")

    objects = BoardCountQuerySet.as_manager()

    class Meta:
        verbose_name = "督查页的数"
