"""领导接访公告的地址。"""

from django.urls import path

from desk.receptions import views

urlpatterns = [
    path("", views.listing, name="receptions"),
    path("new/", views.new, name="new-reception"),
    path("<int:pk>/", views.reception, name="reception"),
]
