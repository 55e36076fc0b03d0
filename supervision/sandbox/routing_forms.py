"""分流规则草案的录入：一条规则一张表；检查与规则包的 routing.csv 同一套，错处写在录入项旁。"""

from typing import Any

from django import forms

from accounts.models import Organ, OrganKind
from petitions.intake.category_pack import words_of
from petitions.models import Category
from routing.destination import routing_pack
from rulebook.timekeeping import today
from supervision.orders.forms import words as lines

KINDS = [("street", "问题属地的街道、乡镇"), *((str(kind), OrganKind(kind).label) for kind in routing_pack.BY_KIND[1:])]
OF_COLUMN = {"words": "words", "exclude": "exclude", "category_code": "category_code", "place_territory": "territory"}


class RoutingForm(forms.Form):
    """One rule: any of the words, or the category, in the area → a kind of organ."""

    code = forms.CharField(
        label="代码",
        max_length=20,
        help_text="写现行规则的代码就是改它，写新的代码就是新设",
        error_messages={"required": "请写明代码，例如 R53"},
    )
    ends = forms.BooleanField(label="停用这条规则", required=False)
    priority = forms.CharField(label="次序", max_length=4, required=False, help_text="1 至 899，数小的在前")
    target = forms.ChoiceField(label="去向", required=False)
    above = forms.ChoiceField(label="被反映的就是它时", required=False)
    words = lines("词语", missing="", rows=4, longest=8000, required=False, help_text="任一个出现即可，用分号隔开")
    exclude = lines("排除词", missing="", rows=2, longest=2000, required=False, help_text="任一个出现就不用这条")
    category_code = forms.CharField(label="内容分类", max_length=12, required=False)
    by_category = forms.BooleanField(label="仅凭分类即可", required=False)
    territory = forms.CharField(
        label="辖区代码", max_length=20, required=False, help_text="只对发生在这片辖区的；不填的不分辖区"
    )
    reason = forms.CharField(
        label="建议理由", max_length=200, required=False, help_text="写在每条建议里，写明依据，如责任清单的哪一项"
    )
    certainty = forms.ChoiceField(
        label="可信度", choices=[(one, one) for one in routing_pack.CERTAINTIES], required=False
    )
    why = lines("为什么改", missing="请写明为什么改", rows=2, longest=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organs = list(Organ.objects.in_force_on(today()).values_list("function", "level", "territory"))
        self.functions = {function for function, _, _ in organs if function}
        self.areas = {territory for _, _, territory in organs if territory}
        by_function = [(f"bureau:{one}", f"{one}：主管部门") for one in sorted(self.functions)]
        by_function += [(f"city:{one}", f"{one}：市级部门") for one in sorted(self.functions)]
        self.fields["target"].choices = [("", "请选择"), *KINDS, *by_function]
        self.fields["above"].choices = [("", "上一级同一职能的部门"), *KINDS, *by_function]
        self.fields["category_code"].widget.attrs["list"] = "categories"

    def clean(self):
        told = super().clean()
        if self.errors or told["ends"]:
            return told
        row = {name: told[name] for name in ("code", "priority", "words", "exclude", "category_code", "reason")}
        row |= {name: told[name] for name in ("target", "above", "certainty", "by_category")}
        codes = set(Category.objects.filter(valid_to=None).values_list("code", flat=True))
        found = routing_pack.faults(row | {"place_territory": told["territory"]}, codes, self.areas, self.functions)
        for column, said in found.items():
            self.add_error(OF_COLUMN.get(column, column), _said(column, said))
        if told["by_category"] and not told["category_code"]:
            self.add_error("category_code", "仅凭分类即可的，请写明哪一个分类")
        return told

    def rule(self) -> dict[str, Any] | None:
        """What the rule is to say; None where it is to end."""
        told = self.cleaned_data
        if told["ends"]:
            return None
        plain = {name: told[name] for name in routing_pack.FACTS}
        lists = {name: words_of(told[name]) for name in ("words", "exclude")}
        return plain | lists | {"priority": int(told["priority"])}


def begun_from(code: str) -> dict[str, Any]:
    """What the form begins with: the rule of that code as it stands; empty where there is none."""
    facts = routing_pack.facts_of(code)
    if facts is None:
        return {"code": code, "certainty": "知"}
    return facts | {"code": code, "words": "；".join(facts["words"]), "exclude": "；".join(facts["exclude"])}


def _said(column: str, said: str) -> str:
    """The pack's words about a column, as the page says them: it has neither files nor column names."""
    match column:
        case "target":
            return "请选择去向"
        case "category_code":
            return "没有这个内容分类，请从列表里选"
        case "place_territory":
            return "没有单位管这片辖区，请核对辖区代码"
    return said.removeprefix("的")
