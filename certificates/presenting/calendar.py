"""The last day of a certificate as a file for calendars: it says neither whose certificate nor of what."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from certificates.models import Certificate
from certificates.services.expiring import DAYS

_SALT = "certificates.calendar"


def renewal(certificate: Certificate) -> bytes:
    """The same certificate gives the same event, so that a calendar takes it once."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//SOAR Online//EN")
    calendar.add_component(_event(certificate))
    return calendar.to_ical()


def _event(certificate: Certificate) -> Event:
    event = Event()
    event.add("uid", f"{salted_hmac(_SALT, str(certificate.pk)).hexdigest()}@{_host()}")
    event.add("dtstamp", _whole_seconds(certificate.issued_at))
    event.add("dtstart", certificate.expires_on)
    event.add("dtend", certificate.expires_on + timedelta(days=1))
    event.add("summary", _summary())
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for days in DAYS:
        event.add_component(_alarm(days))
    return event


def _alarm(days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary())
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _summary() -> str:
    return _("Last day of one of your certificates")


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _host() -> str:
    return settings.SITE_URL.partition("://")[2].partition(":")[0]
