"""How many queries the pages cost, against the real content: the same for every learner, lesson and language."""

from collections.abc import Callable

from benchmarks import environment, report


def main() -> None:
    environment.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from benchmarks import people
    from certificates.services.issuing import issue
    from courses.document import Test

    settings.ALLOWED_HOSTS = ["testserver"]

    def queries(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            work()
        around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
        return sum(not query["sql"].startswith(around) for query in captured.captured_queries)

    def client_of(enrolment) -> Client:
        client = Client()
        client.cookies.load(people.cookies(enrolment.user))
        for locale in ("en", "es"):
            client.get(f"/{locale}/training/")  # the release is decoded and the help lines are in the cache
        return client

    def ok(response) -> None:
        if response.status_code not in (200, 302):
            raise RuntimeError(f"{response.request['PATH_INFO']}: {response.status_code}")

    reader = people.enrolled()
    client, module = client_of(reader), reader.content.key
    lesson = people.lessons(reader)[1]
    address = f"/en/learn/{module}/steps/{lesson.key}/"
    rows = [
        ("Lesson, first visit", queries(lambda: ok(client.get(address)))),
        ("Lesson, later visits", queries(lambda: ok(client.get(address)))),
        ("Lesson in the other language", queries(lambda: ok(client.get(address.replace("/en/", "/es/"))))),
        ("Finish and continue", queries(lambda: ok(client.post(address)))),
        ("My training", queries(lambda: ok(client.get("/en/training/")))),
        ("What is left", queries(lambda: ok(client.get(f"/en/learn/{module}/")))),
    ]

    test = next(step for step in reader.progress.path if isinstance(step, Test))
    start = f"/en/learn/{module}/steps/{test.key}/"
    rows += [
        ("Test: what awaits", queries(lambda: ok(client.get(start)))),
        ("Test: begin", queries(lambda: ok(client.post(start)))),
    ]
    attempt = reader.attempts.get()
    chosen = {f"q{response.place}": "1" for response in attempt.responses.all()}
    page = f"{start}{attempt.number}/"
    answer = reverse("interop:answer", args=[attempt.pk, 1])
    save = {"path": answer, "data": {"chosen": [1]}, "content_type": "application/json"}
    rows += [
        ("Test: the questions", queries(lambda: ok(client.get(page)))),
        ("Test: one answer is saved as chosen", queries(lambda: ok(client.put(**save)))),
        ("Test: hand in", queries(lambda: ok(client.post(page, chosen)))),
        ("Test: the result", queries(lambda: ok(client.get(f"{page}result/")))),
    ]
    whole = [count for name, count in rows if name.startswith("Test:") and "saved" not in name]
    rows.append((f"Test: these {len(whole)} requests together, without saving on the way", sum(whole)))

    done = people.completed()
    certificate = issue(completion=done.completion, offer="completion", printed_name="Ana Núñez", by=done.user)
    visitor = Client()
    visitor.get("/en/")
    rows += [
        ("Catalogue, not signed in", queries(lambda: ok(visitor.get("/en/")))),
        ("Module, not signed in", queries(lambda: ok(visitor.get(f"/en/modules/{module}/")))),
        ("Verification, not signed in", queries(lambda: ok(visitor.get(f"/en/verify/{certificate.shown_code}/")))),
    ]
    report.table("Queries a page", ["", "Queries"], rows)
    report.note(
        "With the release decoded and the help lines cached, as in any process that has answered before; "
        "what only opens or closes a transaction is not counted."
    )


if __name__ == "__main__":
    main()
