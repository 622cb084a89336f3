"""Addresses of what issued resolutions set going; part of the app's urls."""

from django.urls import path

from nghiquyet.views import duties, living, progress, studies, supervisions

living_paths = [
    path("<int:pk>/thuc-hien/", living.ResolutionLiving.as_view(), name="resolution_living"),
    path("<int:pk>/chi-tieu/moi/", living.TargetCreate.as_view(), name="target_create"),
    path("chi-tieu/<int:pk>/", living.TargetDetail.as_view(), name="target_detail"),
    path("chi-tieu/<int:pk>/sua/", living.TargetEdit.as_view(), name="target_edit"),
    path("chi-tieu/<int:pk>/muc/", living.TargetGoal.as_view(), name="target_goal"),
    path("chi-tieu/<int:pk>/so-lieu/", living.TargetFigureKeep.as_view(), name="target_figure"),
    path("chi-tieu/<int:pk>/ket-qua/", living.TargetEnd.as_view(), name="target_end"),
    path("nhiem-vu/", duties.DutyList.as_view(), name="duty_list"),
    path("<int:pk>/nhiem-vu/moi/", duties.DutyCreate.as_view(), name="duty_create"),
    path("nhiem-vu/<int:pk>/", duties.DutyDetail.as_view(), name="duty_detail"),
    path("nhiem-vu/<int:pk>/lam/<slug:act>/", duties.DutyDo.as_view(), name="duty_do"),
    path("nhiem-vu/<int:pk>/duyet/<slug:act>/", duties.DutyDecide.as_view(), name="duty_decide"),
    path("vuong-mac/<int:pk>/tra-loi/", duties.ObstacleAnswer.as_view(), name="obstacle_answer"),
    path("bao-cao-tien-do/", progress.ReportList.as_view(), name="report_list"),
    path("bao-cao-tien-do/<int:pk>/", progress.ReportDetail.as_view(), name="report_detail"),
    path("bao-cao-tien-do/<int:pk>/ghi/", progress.ReportWrite.as_view(), name="report_write"),
    path("bao-cao-tien-do/<int:pk>/nop/<slug:act>/", progress.ReportWriter.as_view(), name="report_writer"),
    path("bao-cao-tien-do/<int:pk>/nhan/<slug:act>/", progress.ReportReceiver.as_view(), name="report_receiver"),
    path("bao-cao-tien-do/<int:pk>/mo-lai/", progress.ReportReopen.as_view(), name="report_reopen"),
    path("<int:pk>/hoc-tap/", studies.StudyCoverage.as_view(), name="study_coverage"),
    path("<int:pk>/hoc-tap/ke-hoach/", studies.StudyPlanSet.as_view(), name="study_plan"),
    path("<int:pk>/hoc-tap/ghi/", studies.StudyRecord.as_view(), name="study_record"),
    path("<int:pk>/cu-the-hoa/", studies.TakenTable.as_view(), name="taken_table"),
    path("<int:pk>/cu-the-hoa/ghi/", studies.TakenRecord.as_view(), name="taken_record"),
    path("mau-cu-the-hoa/", studies.TemplateList.as_view(), name="template_list"),
    path("mau-cu-the-hoa/moi/", studies.TemplateAdd.as_view(), name="template_add"),
    path("mau-cu-the-hoa/<int:pk>/thoi/", studies.TemplateEnd.as_view(), name="template_end"),
    path("giam-sat/", supervisions.SupervisionList.as_view(), name="supervision_list"),
    path("giam-sat/moi/", supervisions.SupervisionCreate.as_view(), name="supervision_create"),
    path("giam-sat/<int:pk>/", supervisions.SupervisionDetail.as_view(), name="supervision_detail"),
    path("giam-sat/<int:pk>/buoc/", supervisions.SupervisionAdvance.as_view(), name="supervision_advance"),
    path("giam-sat/<int:pk>/doan/", supervisions.SupervisionTeam.as_view(), name="supervision_team"),
    path("giam-sat/<int:pk>/van-ban/", supervisions.SupervisionPaperAdd.as_view(), name="supervision_paper"),
    path("giam-sat/<int:pk>/nop/", supervisions.SupervisionAnswer.as_view(), name="supervision_answer"),
    path("giam-sat/<int:pk>/kien-nghi/", supervisions.SupervisionRecommend.as_view(), name="supervision_recommend"),
]
