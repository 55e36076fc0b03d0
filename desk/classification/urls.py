"""分类与去向的判断：成绩、命中和退回的地址。"""

from django.urls import path

from desk.classification import views

urlpatterns = [
    path("", views.sorters, name="sorters"),
    path("back/", views.back, name="sorter-back"),
]
