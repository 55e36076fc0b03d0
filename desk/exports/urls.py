from django.urls import path

from desk.exports import views

urlpatterns = [
    path("", views.listing, name="exports"),
    path("new/", views.new, name="new-export"),
    path("<int:pk>/", views.export, name="export"),
    path("<int:pk>/file/", views.file, name="export-file"),
]
