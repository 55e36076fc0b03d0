"""Addresses of people and organs."""

from django.urls import path

from accounts.views import entrance, own, records, roster_import, users

urlpatterns = [
    path("login/", entrance.Entrance.as_view(), name="login"),
    path("logout/", entrance.Leave.as_view(), name="logout"),
    path("account/", own.account, name="account"),
    path("account/password/", own.Password.as_view(), name="password"),
    path("account/tokens/<int:pk>/end/", own.end_token, name="token-end"),
    path("account/delegations/", own.delegations, name="delegations"),
    path("account/delegations/<int:pk>/end/", own.end_delegation, name="delegation-end"),
    path("notices/", own.notices, name="notices"),
    path("notices/read/", own.read_notices, name="notices-read"),
    path("notices/<int:pk>/acknowledge/", own.acknowledge, name="notice-acknowledge"),
    path("config/users/", users.user_list, name="users"),
    path("config/users/new/", users.user_create, name="user-create"),
    path("config/users/import/", roster_import.user_import, name="user-import"),
    path("config/users/import/template.csv", roster_import.roster_template, name="user-import-template"),
    path("config/users/<int:pk>/", users.user_edit, name="user-edit"),
    path("config/users/<int:pk>/appoint/", users.user_appoint, name="user-appoint"),
    path("config/users/<int:pk>/posts/<int:appointment>/end/", users.user_unappoint, name="user-unappoint"),
    path("config/users/<int:pk>/switch/", users.user_switch, name="user-switch"),
    path("config/users/<int:pk>/reset/", users.user_reset, name="user-reset"),
    path("config/organs/", users.organ_list, name="organs"),
    path("config/messages/", records.dead_letters, name="dead-letters"),
    path("config/messages/<int:pk>/resend/", records.resend, name="dead-letter-resend"),
    path("config/account-log/", records.account_log, name="account-log"),
]
