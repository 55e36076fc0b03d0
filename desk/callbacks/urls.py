"""回访的地址。"""

from django.urls import path

from desk.callbacks import views

urlpatterns = [
    path("", views.listing, name="callbacks"),
    path("rate/", views.by_phone, name="rate-by-phone"),
    path("<int:pk>/", views.call_back, name="callback"),
]
