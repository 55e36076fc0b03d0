"""群众的地址。查询码不在其中：它在 # 之后，由浏览器填进表单，随正文提交。"""

from django.urls import include, path

from public import checking, figures, leaders, offices, paths, screen, views, welcome
from public.asking import contact
from public.asking import views as asking

urlpatterns = [
    path("welcome/", welcome.welcome, name="public-home"),
    path("where/", offices.where, name="public-where"),
    path("where/<slug:code>/", offices.district, name="public-where-district"),
    path("leaders/", leaders.leaders, name="public-leaders"),
    path("figures/", figures.figures, name="public-figures"),
    path("hall-screen/<slug:code>/", screen.screen, name="hall-screen"),
    path("ways/", paths.paths, name="public-paths"),
    path("submit/", include("public.submitting.urls")),
    path("suggest/", include("public.suggesting.urls")),
    path("q", views.query, name="public-query"),
    path("q/", views.query),
    path("q/letter/", views.letter, name="public-letter"),
    path("q/rate/", views.rate, name="public-rate"),
    path("q/ask/", asking.ask, name="public-ask"),
    path("q/phone/", contact.phone, name="public-phone"),
    path("q/check/", checking.check, name="public-check"),
    path("route/", views.route, name="public-route"),
    path("route/poster.pdf", views.route_poster, name="public-poster"),
]
