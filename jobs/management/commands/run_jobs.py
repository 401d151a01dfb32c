import logging
import signal
import time
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from jobs import retention, services

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1


class Command(BaseCommand):
    help = "Does the waiting jobs, one after another, until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then exit")

    def handle(self, *args, once: bool, **options) -> None:
        if once:
            sweep()
            count = services.drain()
            self.stdout.write(f"{count} jobs done")
        else:
            work_until(stopped_by_signal())


def stopped_by_signal() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def work_until(stop: Event) -> None:
    next_sweep = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= next_sweep:
                sweep()
                next_sweep = time.monotonic() + settings.JOBS_SWEEP_SECONDS
            services.drain(stop=stop.is_set)
            close_old_connections()
        except DatabaseError:
            logger.exception("The database does not answer; trying again")
            connection.close()
        stop.wait(IDLE_SECONDS)


def sweep() -> None:
    services.sweep()
    services.order_daily()
    retention.forget()
