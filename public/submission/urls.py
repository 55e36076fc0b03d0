"""网上提交的地址：只说是哪一页。"""

from django.urls import path

from public.submission import views

urlpatterns = [
    path("", views.start, name="submit"),
    path("check/", views.check, name="submit-check"),
    path("receipt/", views.receipt, name="submit-receipt"),
    path("receipt.png", views.receipt_picture, name="submit-picture"),
    path("file/<int:pk>/", views.file, name="submit-file"),
    path("clear/", views.clear, name="submit-clear"),
    path("cleared/", views.cleared, name="submit-cleared"),
    path("<slug:key>/", views.step, name="submit-step"),
]
