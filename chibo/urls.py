"""Addresses of organisations, members, roles and accounts."""

from django.urls import path

from chibo.views import accounts, ending, lifecycle, members, organisations, rearranging

app_name = "chibo"
urlpatterns = [
    path("don-vi/", organisations.OrganisationList.as_view(), name="organisation_list"),
    path("don-vi/moi/", organisations.OrganisationCreate.as_view(), name="organisation_create"),
    path("don-vi/<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation_detail"),
    path("don-vi/<int:pk>/sua/", organisations.OrganisationEdit.as_view(), name="organisation_edit"),
    path("don-vi/<int:pk>/nhiem-ky/", organisations.TermCreate.as_view(), name="term_create"),
    path("don-vi/<int:pk>/chuc-vu/", organisations.PositionCreate.as_view(), name="position_create"),
    path("don-vi/<int:pk>/chuc-vu/<int:position>/thoi/", ending.PositionEnd.as_view(), name="position_end"),
    path("don-vi/<int:pk>/sap-xep/", rearranging.ActList.as_view(), name="organisation_acts"),
    path("don-vi/<int:pk>/sap-xep/<slug:act>/", rearranging.OrganisationAct.as_view(), name="organisation_act"),
    path("don-vi/<int:pk>/duoc-giao/", rearranging.DelegationCreate.as_view(), name="delegation_create"),
    path("lich-nghi/", rearranging.HolidayList.as_view(), name="holiday_list"),
    path("lich-nghi/moi/", rearranging.HolidayCreate.as_view(), name="holiday_create"),
    path("dang-vien/", members.MemberList.as_view(), name="member_list"),
    path("dang-vien/moi/", members.MemberCreate.as_view(), name="member_create"),
    path("dang-vien/<int:pk>/", members.MemberDetail.as_view(), name="member_detail"),
    path("dang-vien/<int:pk>/sua/", members.MemberEdit.as_view(), name="member_edit"),
    path("dang-vien/<int:pk>/tu-cach/", members.StandingCreate.as_view(), name="standing_create"),
    path("dang-vien/<int:pk>/tu-cach/<int:period>/het/", ending.StandingEnd.as_view(), name="standing_end"),
    path("dang-vien/<int:pk>/cong-nhan/", lifecycle.Recognise.as_view(), name="member_recognise"),
    path("dang-vien/<int:pk>/ra-khoi/", lifecycle.Leave.as_view(), name="member_leave"),
    path("dang-vien/<int:pk>/ket-nap-lai/", lifecycle.Readmit.as_view(), name="member_readmit"),
    path("dang-vien/<int:pk>/ky-luat/", lifecycle.DisciplineCreate.as_view(), name="discipline_create"),
    path("dang-vien/<int:pk>/huy-hieu/", lifecycle.BadgeCreate.as_view(), name="badge_create"),
    path("dang-vien/<int:pk>/chuyen/", lifecycle.TransferCreate.as_view(), name="transfer_create"),
    path("chuyen-sinh-hoat/", lifecycle.TransferList.as_view(), name="transfer_list"),
    path("chuyen-sinh-hoat/<int:pk>/", lifecycle.TransferDetail.as_view(), name="transfer_detail"),
    path("chuyen-sinh-hoat/<int:pk>/o/<int:number>/", lifecycle.BoxSign.as_view(), name="box_sign"),
    path("chuyen-sinh-hoat/<int:pk>/dang-phi/", lifecycle.FeeNote.as_view(), name="transfer_fee"),
    path("chuyen-sinh-hoat/<int:pk>/tu-choi/", lifecycle.TransferRefuse.as_view(), name="transfer_refuse"),
    path("tai-khoan/", accounts.AccountList.as_view(), name="account_list"),
    path("tai-khoan/moi/", accounts.AccountCreate.as_view(), name="account_create"),
    path("tai-khoan/<int:pk>/", accounts.AccountDetail.as_view(), name="account_detail"),
    path("tai-khoan/<int:pk>/vai-tro/", accounts.GrantCreate.as_view(), name="grant_create"),
    path("tai-khoan/<int:pk>/vai-tro/<int:grant>/thoi/", accounts.GrantEnd.as_view(), name="grant_end"),
    path("tai-khoan/<int:pk>/khoa/", accounts.AccountSwitch.as_view(), name="account_switch"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.PasswordReset.as_view(), name="account_password"),
]
