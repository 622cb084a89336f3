"""Addresses of resolutions."""

from django.urls import path

from nghiquyet.views import clauses, resolutions
from nghiquyet.views.paths import living_paths

app_name = "nghiquyet"
urlpatterns = [
    *living_paths,
    path("", resolutions.ResolutionList.as_view(), name="resolution_list"),
    path("moi/", resolutions.ResolutionCreate.as_view(), name="resolution_create"),
    path("tu-hoi-thao/<int:pk>/", resolutions.WorkshopDraft.as_view(), name="workshop_draft"),
    path("<int:pk>/", resolutions.ResolutionDetail.as_view(), name="resolution_detail"),
    path("<int:pk>/sua/", resolutions.ResolutionEdit.as_view(), name="resolution_edit"),
    path("<int:pk>/loi-van/", clauses.ResolutionText.as_view(), name="resolution_text"),
    path("<int:pk>/ghi/", clauses.ClauseSave.as_view(), name="clause_save"),
    path("<int:pk>/them-phan/", clauses.ClauseCreate.as_view(), name="clause_create"),
    path("<int:pk>/du-thao-moi/", resolutions.ResolutionNewDraft.as_view(), name="resolution_new_draft"),
    path("<int:pk>/thong-qua/", resolutions.ResolutionAdopt.as_view(), name="resolution_adopt"),
    path("<int:pk>/tra-ve/", resolutions.ResolutionReturn.as_view(), name="resolution_return"),
    path("<int:pk>/ban-hanh/", resolutions.ResolutionIssue.as_view(), name="resolution_issue"),
    path("phan/<int:pk>/sua/", clauses.ClauseEdit.as_view(), name="clause_edit"),
    path("phan/<int:pk>/chuyen/", clauses.ClauseMove.as_view(), name="clause_move"),
    path("phan/<int:pk>/bo/", clauses.ClauseRemove.as_view(), name="clause_remove"),
]
