from __future__ import annotations

from django.urls import path

from amparo.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.board, name="board"),
    path("cases/<uuid:case_id>/", views.of_case, name="of_case"),
    path("cases/<uuid:case_id>/refer/", views.draft, name="draft"),
    path("cases/<uuid:case_id>/release/", views.prepare, name="prepare"),
    path("releases/<uuid:release_id>/", views.release, name="release"),
    path("releases/<uuid:release_id>/decide/", views.decide, name="decide"),
    path("releases/<uuid:release_id>/cover/", views.cover, name="release_cover"),
    path("releases/<uuid:release_id>/<str:event>/", views.move_release, name="move_release"),
    path("<uuid:referral_id>/", views.referral, name="referral"),
    path("<uuid:referral_id>/change/", views.change, name="change"),
    path("<uuid:referral_id>/consent/", views.consent, name="consent"),
    path("<uuid:referral_id>/sheet/", views.sheet, name="sheet"),
    path("<uuid:referral_id>/step/<str:event>/", views.move, name="move"),
]
