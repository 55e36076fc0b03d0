"""放假安排的地址。"""

from django.urls import path

from desk.calendars import views

urlpatterns = [
    path("", views.calendars, name="calendars"),
    path("resume/", views.resume, name="calendar-resume"),
    path("<int:pk>/table.csv", views.table, name="calendar-table"),
    path("drafts/<int:pk>/", views.draft, name="calendar-draft"),
    path("drafts/<int:pk>/drop/", views.drop, name="calendar-drop"),
]
