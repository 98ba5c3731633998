"""The timetable names real jobs, each on a queue that the workers listen to."""

import portal.celery
from portal.local import servers


def test_every_job_of_the_timetable_exists():
    portal.celery.app.loader.import_default_modules()

    assert set(portal.celery.TIMETABLE) <= set(portal.celery.app.tasks)


def test_every_job_has_a_queue_that_workers_take():
    listened = servers.WORKER[servers.WORKER.index("--queues") + 1].split(",")

    assert listened == list(portal.celery.QUEUES)
    assert {queue for _, queue in portal.celery.TIMETABLE.values()} <= set(listened)


def test_a_poll_expires_before_it_piles_up():
    schedule = portal.celery.app.conf.beat_schedule

    assert {
        name: entry["options"]["expires"] <= max(5, 2 * entry["schedule"]) for name, entry in schedule.items()
    } == dict.fromkeys(portal.celery.TIMETABLE, True)


def test_only_json_is_taken():
    assert portal.celery.app.conf.accept_content == ["json"]
