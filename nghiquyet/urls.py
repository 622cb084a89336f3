"""Addresses of resolutions under /nghi-quyet/; of papers that go and come beside the print desk, under /van-ban/."""

from django.urls import include, path

from nghiquyet.views import clauses, drafting, incoming, outgoing, resolutions, wording
from nghiquyet.views.paths import living_paths

app_name = "nghiquyet"
resolution_paths = [
    *living_paths,
    path("", resolutions.ResolutionList.as_view(), name="resolution_list"),
    path("moi/", resolutions.ResolutionCreate.as_view(), name="resolution_create"),
    path("tu-hoi-thao/<int:pk>/", resolutions.WorkshopDraft.as_view(), name="workshop_draft"),
    path("<int:pk>/", resolutions.ResolutionDetail.as_view(), name="resolution_detail"),
    path("<int:pk>/buoc/<slug:step>/", drafting.ResolutionMoveStep.as_view(), name="resolution_move"),
    path("<int:pk>/phan-cong/", drafting.ResolutionPlan.as_view(), name="resolution_plan"),
    path("<int:pk>/ho-so-trinh/", drafting.ResolutionDossier.as_view(), name="resolution_dossier"),
    path("<int:pk>/so-sanh/", drafting.ResolutionCompare.as_view(), name="resolution_compare"),
    path("<int:pk>/tiep-thu/", drafting.Answers.as_view(), name="answers"),
    path("<int:pk>/tiep-thu/pdf/", drafting.AnswersPdf.as_view(), name="answers_pdf"),
    path("<int:pk>/van-ban-sau/", drafting.EffectCreate.as_view(), name="effect_create"),
    path("ban-du-thao/<int:pk>/", drafting.VersionDetail.as_view(), name="version_detail"),
    path("ban-du-thao/<int:pk>/gop-y/", drafting.CommentCreate.as_view(), name="comment_create"),
    path("y-kien/<int:pk>/tra-loi/", drafting.CommentAnswer.as_view(), name="comment_answer"),
    path("<int:pk>/sua/", resolutions.ResolutionEdit.as_view(), name="resolution_edit"),
    path("<int:pk>/loi-van/", clauses.ResolutionText.as_view(), name="resolution_text"),
    path("<int:pk>/ghi/", clauses.ClauseSave.as_view(), name="clause_save"),
    path("<int:pk>/them-phan/", clauses.ClauseCreate.as_view(), name="clause_create"),
    path("<int:pk>/du-thao-moi/", resolutions.ResolutionNewDraft.as_view(), name="resolution_new_draft"),
    path("<int:pk>/thong-qua/", resolutions.ResolutionAdopt.as_view(), name="resolution_adopt"),
    path("<int:pk>/tra-ve/", resolutions.ResolutionReturn.as_view(), name="resolution_return"),
    path("<int:pk>/ban-hanh/", resolutions.ResolutionIssue.as_view(), name="resolution_issue"),
    path("phan/<int:pk>/sua/", clauses.ClauseEdit.as_view(), name="clause_edit"),
    path("phan/<int:pk>/bien-tap/", wording.ClauseWording.as_view(), name="clause_wording"),
    path("<int:pk>/bien-tap/<slug:frame>/", wording.FrameWording.as_view(), name="frame_wording"),
    path("bien-tap/<int:pk>/xac-nhan/", wording.WordingChecked.as_view(), name="wording_check"),
    path("phan/<int:pk>/chuyen/", clauses.ClauseMove.as_view(), name="clause_move"),
    path("phan/<int:pk>/bo/", clauses.ClauseRemove.as_view(), name="clause_remove"),
]
urlpatterns = [
    path("nghi-quyet/", include(resolution_paths)),
    path("van-ban/di/", outgoing.OutgoingList.as_view(), name="outgoing_list"),
    path("van-ban/di/soan/", outgoing.OutgoingWrite.as_view(), name="outgoing_write"),
    path("van-ban/di/tai-lieu-mat/", outgoing.SecretPlace.as_view(), name="secret_place"),
    path("van-ban/di/<int:pk>/", outgoing.OutgoingDetail.as_view(), name="outgoing_detail"),
    path("van-ban/di/<int:pk>/sua/", outgoing.OutgoingEdit.as_view(), name="outgoing_edit"),
    path("van-ban/di/<int:pk>/soan-ban-moi/", outgoing.OutgoingCopy.as_view(), name="outgoing_copy"),
    path("van-ban/di/<int:pk>/trinh-ky/", outgoing.OutgoingToSign.as_view(), name="outgoing_to_sign"),
    path("van-ban/di/<int:pk>/lay-ve/", outgoing.OutgoingTakeBack.as_view(), name="outgoing_take_back"),
    path("van-ban/di/<int:pk>/lay-so/", outgoing.OutgoingIssue.as_view(), name="outgoing_issue"),
    path("van-ban/den/", incoming.IncomingList.as_view(), name="incoming_list"),
    path("van-ban/den/ghi/", incoming.IncomingCreate.as_view(), name="incoming_create"),
    path("van-ban/den/<int:pk>/", incoming.IncomingDetail.as_view(), name="incoming_detail"),
]
