"""Drives a CalDAV server with python3-caldav, a client nobody here wrote. Prints one line of JSON per step.

    drive_caldav.py BASE_URL PASSWORD          users alice and bob, calendars empty
"""

import json
import sys
from datetime import datetime, timezone

import caldav
from caldav.elements import cdav, dav, ical
from caldav.lib import error

BASE, PASSWORD = sys.argv[1:3]
OUT = "eve@elsewhere.test"
LINE = "\r\n"


def utc(day, hour):
    return datetime(2027, 3, day, hour, tzinfo=timezone.utc)


def event(uid, summary="Meeting", day=1, lines=(), kind="VEVENT"):
    times = [f"DTSTART:202703{day:02}T100000Z", f"{'DTEND' if kind == 'VEVENT' else 'DUE'}:202703{day:02}T110000Z"]
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", f"BEGIN:{kind}", f"UID:{uid}",
            "DTSTAMP:20270101T000000Z", *times, f"SUMMARY:{summary}", *lines, f"END:{kind}", "END:VCALENDAR"]
    return LINE.join(body) + LINE


def meeting(uid, summary="Meeting"):
    people = ["ORGANIZER:mailto:alice@example.com", "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.com",
              f"ATTENDEE:mailto:{OUT}"]
    return event(uid, summary, lines=people)


def client(user):
    return caldav.DAVClient(url=BASE, username=user, password=PASSWORD)


STEPS = []


def step(function):
    STEPS.append(function)
    return function


class World:
    """What earlier steps leave for later ones."""


w = World()


def equal(found, wanted):
    assert found == wanted, f"{found!r} is not {wanted!r}"


def refused(kind, function):
    try:
        function()
    except kind:
        return
    raise AssertionError(f"{kind.__name__} was expected")


def summaries(objects):
    return sorted(str(o.icalendar_component["summary"]) for o in objects)


@step
def finds_the_principal_and_its_home():
    w.alice = client("alice")
    w.principal = w.alice.principal()
    assert str(w.principal.url).endswith("/dav/principals/alice/"), w.principal.url
    assert str(w.principal.calendar_home_set.url).endswith("/dav/calendars/alice/")


@step
def reads_the_addresses_and_the_kind_of_user():
    addresses = w.principal.calendar_user_address_set()
    assert "mailto:alice@example.com" in addresses and "mailto:alice.archer@example.com" in addresses, addresses
    equal(w.principal.get_vcal_address().to_ical().decode(), addresses[0])


@step
def sees_that_the_server_schedules():
    assert w.alice.check_dav_support() and w.alice.check_cdav_support() and w.alice.check_scheduling_support()


@step
def is_refused_with_a_wrong_password():
    refused(error.AuthorizationError, lambda: caldav.DAVClient(url=BASE, username="alice", password="x").principal())


@step
def lists_the_calendars():
    equal([c.get_property(dav.DisplayName()) for c in w.principal.calendars()], ["Calendar"])


@step
def makes_a_calendar():
    w.calendar = w.principal.make_calendar(name="Work & play", cal_id="work")
    assert "Work & play" in [c.name for c in w.principal.calendars()]
    equal(w.principal.calendar(name="Work & play").url, w.calendar.url)


@step
def makes_a_calendar_for_tasks_only():
    tasks = w.principal.make_calendar(name="Tasks", cal_id="tasks", supported_calendar_component_set=["VTODO"])
    equal(tasks.get_supported_components(), ["VTODO"])
    refused(error.DAVError, lambda: tasks.save_event(event("in-tasks")))


@step
def reads_and_sets_properties_of_a_calendar():
    w.calendar.set_properties([dav.DisplayName("Work"), ical.CalendarColor("#ff8800"), cdav.CalendarDescription("é & ü")])
    found = w.calendar.get_properties([dav.DisplayName(), ical.CalendarColor(), cdav.CalendarDescription()])
    equal(sorted(found.values()), ["#ff8800", "Work", "é & ü"])


@step
def is_told_when_a_calendar_is_there_already():
    refused(error.DAVError, lambda: w.principal.make_calendar(name="Again", cal_id="work"))


@step
def saves_an_event_and_reads_it_back():
    w.event = w.calendar.save_event(event("one", "First"))
    w.event.load()
    equal(w.event.vobject_instance.vevent.summary.value, "First")


@step
def saves_an_event_made_of_its_parts():
    made = w.calendar.save_event(dtstart=utc(3, 9), dtend=utc(3, 10), summary="By parts")
    equal(w.calendar.event_by_uid(made.icalendar_component["uid"]).icalendar_component["summary"], "By parts")
    made.delete()


@step
def changes_an_event():
    w.event.vobject_instance.vevent.summary.value = "Renamed"
    w.event.save()
    equal(w.calendar.event_by_url(w.event.url).vobject_instance.vevent.summary.value, "Renamed")


@step
def finds_an_event_by_uid_and_not_another():
    equal(w.calendar.object_by_uid("one").url, w.event.url)
    refused(error.NotFoundError, lambda: w.calendar.event_by_uid("on"))


@step
def saves_only_what_is_new_or_what_is_there():
    refused(error.ConsistencyError, lambda: w.calendar.save_event(event("one"), no_overwrite=True))
    refused(error.ConsistencyError, lambda: w.calendar.save_event(event("none"), no_create=True))


@step
def lists_the_events():
    w.calendar.save_event(event("two", "Second", day=2))
    equal(summaries(w.calendar.events()), ["Renamed", "Second"])


@step
def fetches_several_events_at_once():
    urls = [e.url for e in w.calendar.events()]
    equal(summaries(w.calendar.calendar_multiget(urls)), ["Renamed", "Second"])


@step
def searches_by_time():
    found = w.calendar.search(start=utc(2, 0), end=utc(3, 0), event=True)
    equal(summaries(found), ["Second"])


@step
def searches_by_text_and_category():
    w.calendar.save_event(event("cat", "With category", day=4, lines=["CATEGORIES:SPAM,OTHER", "CLASS:PRIVATE"]))
    equal(summaries(w.calendar.search(event=True, summary="With")), ["With category"])
    equal(summaries(w.calendar.search(event=True, category="SPAM")), ["With category"])


@step
def searches_a_series_unexpanded():
    w.calendar.save_event(event("series", "Series", day=8, lines=["RRULE:FREQ=DAILY;COUNT=5"]))
    found = w.calendar.search(start=utc(9, 0), end=utc(11, 0), event=True, expand=False)
    equal(len(found), 1)
    assert "RRULE" in found[0].data


@step
def searches_a_series_expanded_by_the_server():
    found = w.calendar.date_search(start=utc(9, 0), end=utc(11, 0), expand=True)
    data = "".join(e.data for e in found)
    assert "RRULE" not in data and data.count("RECURRENCE-ID") == 2, data
    assert "20270309T100000Z" in data and "20270310T100000Z" in data, data


@step
def asks_for_a_part_of_the_data():
    body = ('<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data>'
            '<C:comp name="VCALENDAR"><C:prop name="VERSION"/><C:comp name="VEVENT"><C:prop name="SUMMARY"/>'
            '<C:prop name="UID"/></C:comp></C:comp></C:calendar-data></D:prop><C:filter><C:comp-filter name="VCALENDAR">'
            '<C:comp-filter name="VEVENT"/></C:comp-filter></C:filter></C:calendar-query>')
    answer = w.alice.report(str(w.calendar.url), body, 1).raw
    text = answer if isinstance(answer, str) else answer.decode()
    assert "SUMMARY:Series" in text and "DTSTART" not in text and "RRULE" not in text, text


@step
def asks_for_a_series_written_out():
    body = ('<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data>'
            '<C:expand start="20270309T000000Z" end="20270311T000000Z"/></C:calendar-data></D:prop><C:filter>'
            '<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="20270309T000000Z" '
            'end="20270311T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>')
    data = w.alice.report(str(w.calendar.url), body, 1).tree.findtext(".//{urn:ietf:params:xml:ns:caldav}calendar-data")
    equal([line for line in data.split(LINE) if line.startswith(("DTSTART", "RECURRENCE-ID", "RRULE"))],
          ["DTSTART:20270309T100000Z", "RECURRENCE-ID:20270309T100000Z", "DTSTART:20270310T100000Z",
           "RECURRENCE-ID:20270310T100000Z"])


@step
def reads_free_and_busy_times():
    busy = w.calendar.freebusy_request(start=utc(1, 0), end=utc(3, 0))
    periods = [str(p) for p in busy.vobject_instance.vfreebusy.contents["freebusy"]]
    equal(len(periods), 2)


@step
def saves_completes_and_lists_tasks():
    todo = w.calendar.save_todo(event("todo", "Task", kind="VTODO"))
    equal(summaries(w.calendar.todos()), ["Task"])
    equal(summaries(w.calendar.search(todo=True, start=utc(1, 0), end=utc(2, 0))), ["Task"])
    todo.complete()
    equal(summaries(w.calendar.todos()), [])
    equal(summaries(w.calendar.todos(include_completed=True)), ["Task"])


@step
def saves_and_lists_journals():
    w.calendar.save_journal(event("journal", "Day", kind="VJOURNAL").replace("DUE:20270301T110000Z" + LINE, ""))
    equal(summaries(w.calendar.journals()), ["Day"])


@step
def synchronises_by_token():
    objects = w.calendar.objects_by_sync_token(load_objects=True)
    assert objects.sync_token
    w.calendar.save_event(event("three", "Third", day=5))
    w.calendar.event_by_uid("two").delete()
    changed = list(w.calendar.objects_by_sync_token(objects.sync_token, load_objects=False))
    equal(len(changed), 2)
    added, gone = objects.sync()
    equal((len(list(added)), len(list(gone))), (1, 1))


@step
def deletes_an_event():
    w.calendar.event_by_uid("three").delete()
    refused(error.NotFoundError, lambda: w.calendar.event_by_uid("three"))


@step
def invites_and_the_guest_finds_the_invitation():
    w.principal.calendar(cal_id="default").save_event(meeting("invited", "Lunch"))
    w.bob = client("bob").principal()
    items = w.bob.schedule_inbox().get_items()
    equal([i.vobject_instance.method.value for i in items], ["REQUEST"])
    equal(summaries(w.bob.calendar(cal_id="default").events()), ["Lunch"])


@step
def the_guest_answers():
    copy = w.bob.calendar(cal_id="default").event_by_uid("invited")
    copy.change_attendee_status(attendee="bob@example.com", partstat="ACCEPTED")
    copy.save()
    for item in w.bob.schedule_inbox().get_items():
        item.delete()
    replies = w.principal.schedule_inbox().get_items()
    equal([i.vobject_instance.method.value for i in replies], ["REPLY"])
    assert "PARTSTAT=ACCEPTED" in w.principal.calendar(cal_id="default").event_by_uid("invited").data


@step
def asks_through_the_outbox_when_others_are_free():
    # python3-caldav's own freebusy_request reads the answer as if it were a multistatus: it is posted by hand.
    question = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "METHOD:REQUEST", "BEGIN:VFREEBUSY", "UID:busy",
                "DTSTAMP:20270101T000000Z", "DTSTART:20270301T000000Z", "DTEND:20270302T000000Z",
                "ORGANIZER:mailto:alice@example.com", "ATTENDEE:mailto:bob@example.com", f"ATTENDEE:mailto:{OUT}",
                "END:VFREEBUSY", "END:VCALENDAR", ""]
    answer = w.alice.post(w.principal.schedule_outbox().url, LINE.join(question), {"Content-Type": "text/calendar"})
    c = "{urn:ietf:params:xml:ns:caldav}"
    found = [r.findtext(f"{c}request-status") for r in answer.tree.findall(f"{c}response")]
    equal(found, ["2.0;Success", "3.7;Invalid calendar user"])
    assert "FREEBUSY;FBTYPE=BUSY:20270301T100000Z/20270301T110000Z" in answer.tree.findtext(f".//{c}calendar-data")


@step
def takes_names_that_need_escapes():
    odd = w.calendar.save_event(event("odd/ uid?#%é@test", "Odd", day=6))
    equal(w.calendar.event_by_uid("odd/ uid?#%é@test").url, odd.url)
    odd.delete()


@step
def deletes_a_calendar():
    w.calendar.delete()
    assert "work" not in [str(c.url).rstrip("/").split("/")[-1] for c in w.principal.calendars()]


for function in STEPS:
    name = function.__name__.replace("_", " ")
    try:
        function()
        print(json.dumps({"step": name, "ok": True}))
    except Exception as problem:  # every step is heard, whatever its kind of failure
        print(json.dumps({"step": name, "ok": False, "why": f"{type(problem).__name__}: {problem}"[:600]}))
