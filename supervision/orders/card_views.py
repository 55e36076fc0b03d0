"""黄牌、红牌比较页：同一档的单位之间看每百件几张牌。"""

from datetime import timedelta

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import require_holding
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import today
from supervision.orders import card_rates
from supervision.orders.forms import day

LOOK_BACK = timedelta(days=89)


class PeriodForm(forms.Form):
    """Two days, both included."""

    first = day("从", missing="请指定起始日")
    last = day("到", missing="请指定截止日")

    def clean(self):
        told = super().clean()
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("last", "截止日不能早于起始日")
        return told


@require_GET
def comparison(request):
    """Cards per organ within its volume band, for the last ninety days unless asked otherwise."""
    require_holding(request.user, Act.ORDER)
    usual = {"first": today() - LOOK_BACK, "last": today()}
    asked = {name: request.GET[name] for name in usual if name in request.GET}
    form = PeriodForm({name: str(value) for name, value in usual.items()} | asked)
    bands = []
    if form.is_valid():
        limits = settings_of(rule_set_on(today()))["card_bands"]
        scope = Petition.objects.visible_to(request.user, Act.ORDER)
        bands = card_rates.compared(scope, limits=limits, **form.cleaned_data)
    return render(request, "supervision/cards.html", {"form": form, "bands": bands})
