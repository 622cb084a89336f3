"""What every work under a lease keeps, told once and asked of each model that has one."""

import datetime as dt

import pytest
from django.apps import apps
from django.utils import timezone

from kyanh_portal.base.leases import Leased

pytestmark = pytest.mark.django_db
LEASED = [model for model in apps.get_models() if issubclass(model, Leased)]
MOVES = [(model, *move) for model in LEASED for move in model.MOVES.items()]
PAST = dt.timedelta(seconds=-1)


def waiting(model, state, world):
    return model.objects.create(title="x", state=state, requester=world.users["organising"], done_steps=4)


def silent(model, run):
    """Its worker fell silent."""
    model.objects.filter(pk=run.pk).update(lease_until=timezone.now() + PAST)


def test_both_rooms_work_under_a_lease():
    assert {model._meta.label for model in LEASED} == {"exchange.ImportRun", "reports.ReportRun"} and len(MOVES) == 3


@pytest.mark.parametrize("model,waits,works", MOVES)
def test_one_worker_has_it_and_the_next_one_fences_it_off(world, model, waits, works):
    run = waiting(model, waits, world)
    assert list(model.objects.claimable()) == [run]
    first = model.objects.claim(run.pk)
    assert (first.state, first.attempt, first.done_steps) == (works, 1, 4) and first.lease_until > timezone.now()
    assert model.objects.claim(run.pk) is None and not model.objects.claimable().exists()
    assert model.objects.keep(first, done_steps=5)
    silent(model, first)
    assert list(model.objects.claimable()) == [run]
    second = model.objects.claim(run.pk, done_steps=0)
    assert (second.attempt, second.done_steps) == (2, 0)
    assert not model.objects.keep(first, done_steps=9) and not model.objects.end(first, "failed", "x")
    assert not model.objects.held(first).exists() and model.objects.keep(second, done_steps=1)
    run.refresh_from_db()
    assert (run.state, run.done_steps, run.problem) == (works, 1, "")
    assert model.objects.end(second, "failed", "a" * 600) and model.objects.claim(run.pk) is None
    run.refresh_from_db()
    assert (run.state, run.lease_until, len(run.problem)) == ("failed", None, 500) and run.finished_at


@pytest.mark.parametrize("model,waits,works", MOVES)
def test_a_lost_message_is_sent_again_and_not_at_every_turn(world, model, waits, works):
    run, after = waiting(model, waits, world), dt.timedelta(seconds=8)
    assert model.objects.to_send_again(after) == [run.pk] and model.objects.to_send_again(after) == []
    model.objects.filter(pk=run.pk).update(sent_at=timezone.now() - after + PAST)
    assert model.objects.to_send_again(after) == [run.pk]
    claimed = model.objects.claim(run.pk)
    model.objects.filter(pk=run.pk).update(sent_at=timezone.now() - 2 * after)
    assert model.objects.to_send_again(after) == []  # its worker has it
    silent(model, claimed)
    assert model.objects.to_send_again(after) == [run.pk]
