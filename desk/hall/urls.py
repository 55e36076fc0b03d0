"""大厅的地址。号可以进地址，姓名不行。"""

from django.urls import path, re_path

from desk.hall import phrases, shifts, views

urlpatterns = [
    path("", views.hall, name="hall"),
    path("window/", views.sit, name="hall-window"),
    path("next/", views.call, name="hall-next"),
    path("paper/", views.paper, name="hall-paper"),
    path("phrases/", phrases.phrases, name="hall-phrases"),
    path("phrases/<int:pk>/", phrases.phrases, name="hall-phrase"),
    path("phrases/<int:pk>/drop/", phrases.drop, name="hall-phrase-drop"),
    path("shift/", shifts.shift, name="hall-shift"),
    path("<int:pk>/ticket/", views.ticket, name="hall-ticket"),
    path("<int:pk>/end/", views.end, name="hall-end"),
    path("cases/<str:number>/end/", views.end_of_case, name="hall-case-end"),
    re_path(r"^(?P<pk>\d+)/(?P<verb>again|meet|miss)/$", views.step, name="hall-step"),
]
