"""The yearly rating filled wrongly: each wrong place named at its field, all of them at once, nothing typed lost."""

import datetime as dt

import pytest
from django.test import Client

from chibo.choices import Standing
from chibo.models import ReviewYear
from chibo.services import ratings
from chibo.services.members import set_standing
from kyanh_portal.base.errors import RuleBroken


@pytest.fixture
def secretary(world):
    client = Client()
    client.force_login(world.users["secretary"])
    return client


class Sheet:
    """The open review of a cell with nine official members and one on probation, and a sheet filled rightly."""

    def __init__(self, world, book="132-2018"):
        self.session = ratings.open_year(world.cell_a1, 2020, by=None)
        ReviewYear.objects.filter(pk=self.session.pk).update(rulebook=book)
        self.url = f"{self.session.get_absolute_url()}bo-phieu/"
        self.rows = list(self.session.ratings.filter(not_rated=""))
        self.answers = {"voted_on": "2020-12-05", "base": "9", "self_level": "HTT", "self_votes": "8"}
        for one in self.rows:
            self.answers |= {f"level_{one.pk}": "HTT", f"votes_{one.pk}": "8"}
        if book == "366-2025":
            self.answers |= {"common_self": "25", "task_self": "60,5"}
            for one in self.rows:
                self.answers |= {f"common_{one.pk}": "27", f"task_{one.pk}": "50"}


def sent(client, sheet, **wrong):
    """What the page says after a sheet with wrong places: {field: sentence}; what was typed stands in it again."""
    typed = {**sheet.answers, **wrong}
    answer = client.post(sheet.url, typed)
    assert answer.status_code == 422
    page, form = answer.content.decode(), answer.context["form"]
    for name, value in typed.items():
        assert str(form[name].value()) == str(value), name
        assert name.startswith(("level", "self_level")) or value == "" or f'value="{value}"' in page, (name, value)
    sheet.session.refresh_from_db()
    assert sheet.session.voted_on is None and not sheet.session.ratings.exclude(level="").exists()
    return {name: " ".join(said) for name, said in form.errors.items()}


@pytest.mark.parametrize("field,value,says", [
    ("voted_on", "", "chưa ghi"), ("voted_on", "2020-02-31", "Ngày chưa đúng"), ("voted_on", "hôm qua", "Ngày chưa đúng"), ("voted_on", "2031-12-05", "chưa đến"),
    ("voted_on", "2019-12-05", "từ ngày 01/01/2020"), ("base", "", "chưa ghi"), ("base", "chín", "bằng chữ số"), ("base", "0", "từ 1 trở lên"),
    ("base", "8", "có 9 đảng viên chính thức"), ("base", "52", "có 9 đảng viên chính thức"), ("base", "9,5", "bằng chữ số"), ("self_level", "", "chưa ghi"),
    ("self_level", "GIOI", "trong danh sách"), ("self_votes", "10", "nhiều hơn số có quyền"), ("self_votes", "4", "cần ít nhất 5/9"),
    ("self_votes", "-1", "từ 0 trở lên"), ("self_votes", "đủ", "bằng chữ số"),
])  # fmt: skip
def test_each_wrong_place_about_the_cell_is_told_at_its_field(world, secretary, field, value, says):
    found = sent(secretary, Sheet(world), **{field: value})
    assert set(found) == {field} and says in found[field]


@pytest.mark.parametrize("name,value,says", [
    ("level", "", "Chưa ghi mức của đồng chí"), ("level", "GIOI", "trong danh sách"), ("votes", "", "Chưa ghi số phiếu của đồng chí"),
    ("votes", "tám", "bằng chữ số"), ("votes", "-3", "bằng chữ số"), ("votes", "10", "nhiều hơn số có quyền biểu quyết (9)"), ("votes", "4", "cần ít nhất 5/9 phiếu"),
])  # fmt: skip
def test_each_wrong_place_about_a_member_names_the_member(world, secretary, name, value, says):
    sheet = Sheet(world)
    one = sheet.rows[3]
    found = sent(secretary, sheet, **{f"{name}_{one.pk}": value})
    assert set(found) == {f"{name}_{one.pk}"} and says in found[f"{name}_{one.pk}"]
    assert "danh sách" in says or str(one.member) in found[f"{name}_{one.pk}"]


@pytest.mark.parametrize("name,value,says", [
    ("common", "", "Chưa ghi điểm tiêu chí chung của đồng chí"), ("common", "30,5", "từ 0 đến 30"), ("task", "-1", "từ 0 đến 70"),
    ("task", "5O", "ví dụ 27,5"), ("task", "50,25", "một chữ số sau dấu phẩy"), ("level", "HTXS", "77 điểm thì cao nhất là “Hoàn thành tốt nhiệm vụ”"),
])  # fmt: skip
def test_wrong_points_of_2025_are_told_at_their_field(world, secretary, name, value, says):
    sheet = Sheet(world, "366-2025")
    one = sheet.rows[0]
    found = sent(secretary, sheet, **{f"{name}_{one.pk}": value})
    assert set(found) == {f"{name}_{one.pk}"} and says in found[f"{name}_{one.pk}"]
    assert str(one.member) in found[f"{name}_{one.pk}"]


def test_all_wrong_places_are_told_at_once_and_the_list_on_top_leads_to_each(world, secretary):
    sheet = Sheet(world)
    first, second, third = sheet.rows[:3]
    wrong = {f"votes_{first.pk}": "4", f"votes_{second.pk}": "99", f"level_{third.pk}": "", "self_votes": "3"}
    assert set(sent(secretary, sheet, **wrong)) == set(wrong)
    page = secretary.post(sheet.url, {**sheet.answers, **wrong}).content.decode()
    assert "Có 4 chỗ cần sửa trước khi gửi" in page
    for name in wrong:
        assert f'href="#id_{name}"' in page and f'id="id_{name}"' in page
    assert "<span" not in page.split("Có 4 chỗ cần sửa")[1].split("</ul>")[0]  # labels lead no sentence with their tags
    assert secretary.post(sheet.url, sheet.answers).status_code == 302


def test_who_is_exempt_counts_only_when_present_and_who_is_suspended_never(world, secretary):
    set_standing(world.members_a1[1], Standing.EXEMPT, dt.date(2020, 1, 1), by=None)
    set_standing(world.members_a1[2], Standing.SUSPENDED, dt.date(2020, 1, 1), by=None)
    sheet = Sheet(world)
    assert secretary.get(sheet.url).context["form"].initial["base"] == 7
    assert "7 đến 8" in sent(secretary, sheet, base="9")["base"]
    assert secretary.post(sheet.url, {**sheet.answers, "base": "8"}).status_code == 302


def test_the_service_refuses_what_a_form_would(world):
    sheet = Sheet(world)
    rows = {one.member_id: ("HTT", 8) for one in sheet.rows}
    with pytest.raises(RuleBroken, match="có 9 đảng viên"):
        ratings.vote(sheet.session, rows, by=None, voted_on=dt.date(2020, 12, 5), base=20, self_level="HTT")


@pytest.mark.parametrize("wrong,field,says", [
    ({"appraised_on": "2020-12-01"}, "appraised_on", "từ ngày bỏ phiếu"), ({"appraised_on": "2031-01-01"}, "appraised_on", "chưa đến"),
    ({"appraised_on": ""}, "appraised_on", "chưa ghi"), ({"appraisal": " "}, "appraisal", "chưa ghi"), ({"appraisal": "x" * 501}, "appraisal", "Ghi gọn lại"),
])  # fmt: skip
def test_a_wrong_appraisal_keeps_what_was_typed(world, wrong, field, says):
    sheet, client = Sheet(world), Client()
    client.force_login(world.users["committee"])
    rows = {one.member_id: ("HTT", 8) for one in sheet.rows}
    ratings.vote(sheet.session, rows, by=None, voted_on=dt.date(2020, 12, 5), base=9, self_level="HTT")
    typed = {"appraised_on": "2020-12-10", "appraisal": "Hồ sơ thiếu phiếu số 4", **wrong}
    answer = client.post(f"{sheet.session.get_absolute_url()}tham-dinh/", typed)
    assert answer.status_code == 422 and says in " ".join(answer.context["form"].errors[field])
    assert field == "appraisal" or "Hồ sơ thiếu phiếu số 4" in answer.content.decode()
    right = client.post(f"{sheet.session.get_absolute_url()}tham-dinh/", {**typed, "appraised_on": "2020-12-10", "appraisal": "Đủ"})  # fmt: skip
    assert right.status_code == 302
    one = sheet.rows[0]
    final = {f"final_{row.pk}": "HTT" for row in sheet.rows} | {"level": "HTT", "decision": "QĐ 77-QĐ/ĐU"}
    for bad, name in (({f"final_{one.pk}": ""}, f"final_{one.pk}"), ({f"final_{one.pk}": "?"}, f"final_{one.pk}"), ({"decision": ""}, "decision")):  # fmt: skip
        answer = client.post(f"{sheet.session.get_absolute_url()}quyet-dinh/", {**final, **bad})
        assert answer.status_code == 422 and set(answer.context["form"].errors) == {name}
        assert "decision" in bad or "QĐ 77-QĐ/ĐU" in answer.content.decode()


def test_what_most_got_is_written_once_and_a_line_says_only_its_own(world, secretary):
    sheet = Sheet(world)
    heads = {name: value for name, value in sheet.answers.items() if not name.startswith(("level_", "votes_"))}
    one, two = sheet.rows[:2]
    typed = {**heads, "most_level": "HTT", "most_votes": "9", f"level_{one.pk}": "HTXS", f"votes_{two.pk}": "7"}
    assert set(sent(secretary, sheet, **{**dict.fromkeys(sheet.answers, ""), **typed, "most_votes": "4"})) == {
        "most_votes"
    }
    wrong = sent(secretary, sheet, **{**dict.fromkeys(sheet.answers, ""), **typed, "most_level": ""})
    assert set(wrong) == {f"level_{row.pk}" for row in sheet.rows[1:]}
    assert secretary.post(sheet.url, typed).status_code == 302
    found = {row.pk: (row.level, row.votes) for row in sheet.session.ratings.filter(not_rated="")}
    assert found.pop(one.pk) == ("HTXS", 9) and found.pop(two.pk) == ("HTT", 7) and set(found.values()) == {("HTT", 9)}
