"""A list in two steps: nothing is written before it was seen; the same file twice changes nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from chibo.models import Member, MemberIdentity
from chibo.services.members import correct_member
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.exchange import running
from kyanh_portal.exchange.models import ImportRow, ImportRun
from kyanh_portal.exchange.running import confirm, drop, run_import, send_list, sweep
from tests.factories.lists import HEADS, person, upload

pytestmark = pytest.mark.django_db


def check(world, rows, purpose="write", who="organising", code="dang-vien", **options):
    run = send_list(code, upload(rows, **options), purpose, by=world.users[who])
    run_import(run.pk)
    run.refresh_from_db()
    return run


def write(run):
    confirm(run, by=run.requester)
    run_import(run.pk)
    run.refresh_from_db()
    return run


def test_new_rows_are_written_once_seen(world):
    before = Member.objects.count()
    run = check(world, [person(1), person(2, born="1960"), person(3, cell="Chi bộ B1")])
    assert run.counts == {"new": 3} and Member.objects.count() == before and not run.content
    assert write(run).state == "done" and Member.objects.count() == before + 3
    two = Member.objects.get(file_number="000002HT")
    assert (two.born_words, two.organisation, two.admitted_on, two.joined_on) == ("1960", world.cell_a1, dt.date(1985, 7, 3), dt.date(1985, 7, 3))  # fmt: skip
    assert AuditEntry.objects.filter(verb="member.entered", facts__imported=True, path=world.cell_a1.path).count() == 2


def test_the_same_file_twice_changes_nothing(world):
    rows = [person(1), person(2), person(3, identity="", file="")]
    write(check(world, rows))
    again = check(world, rows)
    assert again.counts == {"same": 3} and not again.may_confirm, [row.differences for row in again.rows.all()]
    with pytest.raises(Conflict):
        confirm(again, by=again.requester)


def test_differences_are_told_field_by_field_and_only_they_are_written(world):
    write(check(world, [person(1)]))
    run = check(world, [person(1, name="Trần Giả An", official="4/7/1986", sex="")])
    row = run.rows.get()
    assert [(label, before, after) for _, label, before, after in row.differences] == [
        ("Họ và tên", "Trần Giả Ab 1", "Trần Giả An"), ("Ngày chính thức", "03/7/1986", "04/7/1986"),
    ]  # fmt: skip
    write(run)
    member = Member.objects.get(file_number="000001HT")
    assert (member.full_name, member.sex) == ("Trần Giả An", "nam")  # an empty cell takes nothing away


def test_where_and_when_the_card_was_issued_come_in_and_are_shown(world, client):
    heads = [*HEADS, "Ngày phát thẻ", "Nơi cấp thẻ"]
    rows = [[*person(1), "19/5/1987", "Tỉnh ủy  Giả"], [*person(2), "", "x" * 201]]
    run = write(check(world, rows, heads=heads))
    assert run.counts == {"new": 1, "wrong": 1} and "Rút gọn" in run.rows.get(kind="wrong").problems[0][1]
    member = Member.objects.get(file_number="000001HT")
    assert (member.card_place, member.card_issued_on) == ("Tỉnh ủy Giả", dt.date(1987, 5, 19))
    again = check(world, [[*person(1), "", "Thị ủy Giả"]], heads=heads)
    assert again.rows.get().differences == [["card_place", "Nơi cấp thẻ", "Tỉnh ủy Giả", "Thị ủy Giả"]]
    write(again)
    assert check(world, [[*person(1), "", "Thị ủy Giả"]], heads=heads).counts == {"same": 1}
    client.force_login(run.requester)
    assert "Nơi cấp: Thị ủy Giả" in client.get(member.get_absolute_url()).content.decode()
    assert "Thị ủy Giả" not in client.get(f"{member.get_absolute_url()}?ngay=1986-12-01").content.decode()


@pytest.mark.parametrize(
    "change,column,sentence",
    [
        ({"cell": "Chi bộ Z"}, "Chi bộ", "Không thấy “Chi bộ Z”"),
        ({"born": "31/2/1960"}, "Ngày sinh", "Không có ngày 31/2/1960"),
        ({"born": "mười hai"}, "Ngày sinh", "chưa phải ngày"),
        ({"born": "1/1/1980"}, "Ngày sinh", "chưa đủ 18 tuổi"),
        ({"official": "1/1/1985"}, "Ngày chính thức", "phải sau ngày kết nạp"),
        ({"identity": "12345"}, "Số định danh cá nhân", "cần đúng 12"),
        ({"file": "12HT"}, "Số lý lịch", "Gồm sáu chữ số"),
        ({"sex": "x"}, "Giới tính", "Ghi Nam hoặc Nữ"),
        ({"admitted": ""}, "Ngày kết nạp", "để trống"),
    ],
)
def test_a_wrong_row_says_where_and_what_to_do(world, change, column, sentence):
    run = check(world, [person(1, **change), person(2)])
    row = run.rows.get(kind="wrong")
    assert row.number == 3 and row.problems[0][0] == column and sentence in row.problems[0][1]
    assert write(run).state == "done" and Member.objects.filter(file_number="000002HT").exists()
    assert not Member.objects.filter(file_number="000001HT").exists()


def test_a_move_goes_by_transfer_not_by_file(world):
    write(check(world, [person(1)]))
    assert "giấy chuyển" in check(world, [person(1, cell="Chi bộ A2")]).rows.get().problems[0][1]


def test_two_rows_about_one_person_and_two_numbers_of_two_people(world):
    write(check(world, [person(1), person(2)]))
    rows = [person(1), person(1), person(1, file="000002HT")]
    problems = [row.problems[0][1] for row in check(world, rows).rows.filter(kind="wrong")]
    assert "Trùng với dòng 3" in problems[0] and "hai người khác nhau" in problems[1]


def test_a_secretary_brings_in_the_own_cell_only(world):
    write(check(world, [person(9, cell="Chi bộ B1")]))
    run = check(world, [person(1), person(2, cell="Chi bộ B1"), person(9)], who="secretary")
    assert run.counts == {"new": 1, "wrong": 2}
    assert all("phạm vi" in row.problems[0][1] for row in run.rows.filter(kind="wrong"))


def test_what_changed_since_the_preview_is_left_alone(world):
    write(check(world, [person(1)]))
    run = check(world, [person(1, name="Trần Giả Ba")])
    member = Member.objects.get(file_number="000001HT")
    correct_member(member, by=None, full_name="Trần Giả Tư")
    write(run)
    member.refresh_from_db()
    assert member.full_name == "Trần Giả Tư" and "đã đổi" in run.rows.get().left_out


def test_two_previews_of_one_file_write_it_once(world):
    first, second = check(world, [person(1)]), check(world, [person(1)])
    write(first), write(second)
    assert Member.objects.filter(file_number="000001HT").count() == 1 and "đã đổi" in second.rows.get().left_out
    third = [check(world, [person(5, identity="", file="")]) for _ in range(2)]
    write(third[0]), write(third[1])
    assert Member.objects.filter(full_name=person(5)[0]).count() == 1


def test_a_comparison_shows_what_differs_and_writes_nothing(world):
    write(check(world, [person(1)]))
    run = check(world, [person(1, cell="Chi bộ A2", name="Trần Giả Khác")], "compare")
    row = run.rows.get(kind="changed")
    assert {label for _, label, _, _ in row.differences} == {"Họ và tên", "Chi bộ"}
    assert run.counts["missing"] == 5 and not run.may_confirm  # the five of A2 are not in the list
    with pytest.raises(Conflict):
        confirm(run, by=run.requester)


def test_a_worker_killed_midway_neither_loses_nor_doubles(world, monkeypatch):
    run = check(world, [person(n) for n in range(1, 8)])
    confirm(run, by=run.requester)
    monkeypatch.setattr(running, "BATCH", 3)
    importer, real, calls = running.importers.get("dang-vien"), None, []
    real = type(importer).write

    def dies(self, rows, *, by):
        calls.append(len(rows))
        done = real(self, rows, by=by)
        if len(calls) == 2:
            raise KeyboardInterrupt  # after the rows, before the commit
        return done

    monkeypatch.setattr(type(importer), "write", dies)
    with pytest.raises(KeyboardInterrupt):
        run_import(run.pk)
    assert run.rows.exclude(written_at=None).count() == 3 and run_import(run.pk) == "not mine"
    ImportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert run.pk in running.waiting_for_relay() and run_import(run.pk) == "done"
    assert Member.objects.filter(file_number__endswith="HT").count() == 7 and calls == [3, 3, 3, 1]


def test_who_lost_the_lease_throws_the_work_away(world):
    run = send_list("dang-vien", upload([person(1)]), "write", by=world.users["organising"])
    slow = ImportRun.objects.claim(run.pk)
    ImportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert run_import(run.pk) == "checked"
    assert running._check(slow, running.importers.get("dang-vien"), world.users["organising"]) == "lost"
    assert run.rows.count() == 1


def test_rights_are_asked_again_by_the_worker(world):
    run = send_list("dang-vien", upload([person(1)]), "write", by=world.users["organising"])
    world.users["organising"].grants.update(ends_on=dt.date(2016, 1, 1))
    assert run_import(run.pk) == "denied" and not run.rows.exists()


@pytest.mark.parametrize(
    "rows,options,sentence",
    [
        ([], {}, "không có dòng nào"),
        ([person(1)], {"heads": ["A", "B"]}, "Không thấy hàng đầu cột"),
    ],
)
def test_a_file_without_a_list_says_so(world, rows, options, sentence):
    run = check(world, rows, **options)
    assert run.state == "failed" and sentence in run.problem


def test_a_stamp_of_secrecy_and_another_kind_of_file_are_refused(world):
    with pytest.raises(RuleBroken):
        send_list("dang-vien", upload([person(1)], title="TỐI MẬT"), "write", by=world.users["organising"])
    fake = upload([person(1)])
    fake.name = "danh-sach.xlsm"
    with pytest.raises(RuleBroken):
        send_list("dang-vien", fake, "write", by=world.users["organising"])
    assert not ImportRun.objects.exists()


def test_no_open_number_stays_in_the_preview_and_rows_go_after_a_day(world):
    run = check(world, [person(77)])
    assert "000000000077" not in str(list(ImportRow.objects.values()))
    write(run)
    identity = MemberIdentity.objects.get()
    assert identity.open() == "000000000077" and identity.shown == "0•••••••0077" and "0000077" not in identity.sealed
    ImportRun.objects.filter(pk=run.pk).update(finished_at=timezone.now() - dt.timedelta(days=2))
    assert (sweep(), sweep(), ImportRow.objects.count()) == (1, 0, 0)


def test_a_dropped_list_leaves_nothing(world):
    run = check(world, [person(1)])
    assert (
        drop(run, by=run.requester).state == "dropped"
        and not run.rows.exists()
        and not Member.objects.filter(file_number="000001HT")
    )


def test_organisations_take_codes_and_refuse_one_twice(world):
    heads = ["Tên tổ chức *", "Mã tổ chức"]
    run = check(
        world, [["Chi bộ A1", "38.168.053.000.001"], ["Chi bộ A2", ""], ["Chi bộ lạ", ""]], code="to-chuc", heads=heads
    )
    assert run.counts == {"changed": 1, "same": 1, "wrong": 1}
    write(run)
    world.cell_a1.refresh_from_db()
    assert world.cell_a1.code == "38.168.053.000.001"
    assert check(world, [["Chi bộ A2", "38.168.053.000.001"]], code="to-chuc", heads=heads).counts == {"wrong": 1}


def test_pages_walk_the_two_steps(world, client):
    client.force_login(world.users["organising"])
    assert client.get("/nhap-lieu/mau/dang-vien/").content[:2] == b"PK"
    assert client.get("/nhap-lieu/moi/la-gi/").status_code == 404
    sent = client.post(
        "/nhap-lieu/moi/dang-vien/", {"file": upload([person(1), person(2, sex="x")]), "purpose": "write"}
    )
    run = ImportRun.objects.get()
    assert sent.status_code == 302 and sent.url == run.get_absolute_url()
    assert "Chờ kiểm tra" in client.get(sent.url).content.decode()
    run_import(run.pk)
    page = client.get(sent.url).content.decode()
    assert "Ghi Nam hoặc Nữ" in page and "Xem xong, ghi vào cổng" in page
    assert client.post(f"{sent.url}ghi/").status_code == 302
    run_import(run.pk)
    assert "Đã ghi 1 dòng" in client.get(f"{sent.url}?loai=new").content.decode()
    client.force_login(world.users["secretary"])
    assert client.get(sent.url).status_code == 404
    assert client.get("/nhap-lieu/moi/to-chuc/").status_code == 403


def test_signs_of_the_copy_and_of_formulas_are_plain_text(world):
    name = '=HYPERLINK("x") \\N Trần\\t An'
    run = write(check(world, [person(1, name=name), person(2)]))
    assert run.state == "done" and Member.objects.get(file_number="000001HT").full_name == name
    assert [row.label for row in run.rows.all()][0] == name and all(row.written_at for row in run.rows.all())


def test_the_preview_holds_only_whom_the_list_can_be_about(world, django_assert_max_num_queries):
    """However many members the cells have, a list of one asks for one; a comparison still tells of all others."""
    importer, by = running.importers.get("dang-vien"), world.users["organising"]
    rows = [running.Row(3, {"full_name": "Trần Giả An", "cell": "Chi bộ A1", "admitted_on": "3/7/1985"})]
    with django_assert_max_num_queries(6):
        known = importer.begin(by, rows, compare=True)
    assert known["members"] == {}
    importer.judge(rows[0], known)
    here = set(Member.objects.filter(organisation=world.cell_a1, left_on=None).values_list("pk", flat=True))
    assert here and {row.target for row in importer.missing(by, rows, known)} == here


def test_a_row_that_could_not_be_read_is_not_told_as_missing_and_namesakes_are_told(world, client):
    one, two, three = Member.objects.filter(organisation=world.cell_a1).order_by("pk")[:3]
    Member.objects.filter(pk=two.pk).update(born_on=dt.date(1950, 2, 1))
    rows = [
        person(1, name=one.full_name, born="31/2/1960", identity="", file=""),
        person(2, name=two.full_name, identity="", file=""),
    ]
    run = check(world, rows, "compare")
    names = set(run.rows.filter(kind="missing").values_list("label", flat=True))
    assert one.full_name not in names and {two.full_name, three.full_name} <= names
    assert "cùng tên, ngày sinh 01/02/1950" in run.rows.get(kind="new").differences[-1][3]
    client.force_login(run.requester)
    page = client.get(f"{run.get_absolute_url()}?loai=missing").content.decode()
    assert "Danh sách không có tên này" in page and f'href="{three.get_absolute_url()}"' in page
    assert "Lưu ý" in client.get(f"{run.get_absolute_url()}?loai=new").content.decode()


def test_a_new_row_with_the_name_of_a_member_is_named_before_it_is_written(world, client):
    there = Member.objects.filter(organisation=world.cell_a1, left_on=None).first()
    Member.objects.filter(pk=there.pk).update(born_on=dt.date(1950, 2, 1))
    run = check(world, [person(1), person(2, name=there.full_name)])
    assert run.counts == {"new": 2, "noted": 1} and run.to_write == 2
    client.force_login(run.requester)
    page = client.get(run.get_absolute_url()).content.decode()
    assert "1 dòng mới trùng tên" in page and "?loai=new&amp;luu-y=1" in page
    shown = client.get(f"{run.get_absolute_url()}?loai=new&luu-y=1")
    assert [row.label for row in shown.context["rows"]] == [there.full_name]
    assert "1 dòng trùng tên" in client.get(f"{run.get_absolute_url()}ghi/").content.decode()


def test_the_same_file_with_its_wrong_rows_says_that_the_rest_is_there(world, client):
    rows = [person(1), person(2, sex="x")]
    write(check(world, rows))
    again = check(world, rows)
    client.force_login(again.requester)
    page = client.get(again.get_absolute_url()).content.decode()
    assert "1 dòng giống số liệu của cổng, 1 dòng sai" in page and "Không có gì để ghi" in page
    assert "Không dòng nào ghi được" not in page and "Chờ đồng chí xem" not in page


def test_a_comparison_names_its_rows_by_who_has_them_and_waits_for_nobody(world, client):
    run = check(world, [person(1)], "compare")
    client.force_login(run.requester)
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Danh sách có, cổng không có: 1" in page and "Đối chiếu xong" in page
    assert "Chờ đồng chí xem" not in page and "Mới: 1" not in page


def test_the_part_that_renews_itself_brings_the_state_along(world, client):
    run = check(world, [person(1)])
    client.force_login(run.requester)
    part = client.get(run.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert '<span id="tinh-trang" hx-swap-oob="true">' in part and "Chờ đồng chí xem" in part
    assert "hx-swap-oob" not in client.get(run.get_absolute_url()).content.decode()


def test_what_was_left_out_is_not_told_as_written(world, client):
    write(check(world, [person(1)]))
    run = check(world, [person(1, name="Trần Giả Ba"), person(2)])
    correct_member(Member.objects.get(file_number="000001HT"), by=None, full_name="Trần Giả Tư")
    write(run)
    client.force_login(run.requester)
    page = client.get(run.get_absolute_url()).content.decode()
    assert run.written == 1 and "Đã ghi 1 dòng" in page and "1 dòng chưa ghi vì số liệu đã đổi" in page
