from hypothesis import given
from hypothesis import strategies as st

from courses.document import decode, encode
from courses.paths import path
from learning.progress import Progress, Summary, summarise
from tests.factories import document, lesson

CONTENT = decode(encode(document()))
CLINIC = path(CONTENT, "clinic")
KEYS = [step.key for step in CONTENT.steps]
finished = st.frozensets(st.sampled_from([*KEYS, "a-step-of-another-edition"]))
paths = st.lists(st.sampled_from(CONTENT.steps), unique_by=lambda step: step.key).map(tuple)


def keys(steps) -> list[str]:
    return [step.key for step in steps]


@given(paths, finished)
def test_b4_percent_lies_between_0_and_100_and_is_100_only_when_complete(steps, done):
    """Protects: progress is a share of the path, whatever else was done, and 100 means complete."""
    progress = Progress(steps, done)
    assert 0 <= progress.percent <= 100
    if steps:
        assert (progress.percent == 100) == progress.complete


@given(paths, finished)
def test_done_and_missing_are_the_path_in_order(steps, done):
    progress = Progress(steps, done)
    assert sorted(keys(progress.done + progress.missing), key=keys(steps).index) == keys(steps)
    assert keys(progress.done) == [key for key in keys(steps) if key in done]


@given(paths, finished)
def test_finishing_exactly_what_is_missing_completes(steps, done):
    missing = Progress(steps, done).missing
    for step in missing:
        assert not Progress(steps, done).complete
        done |= {step.key}
    assert Progress(steps, done).complete


@given(finished, st.sampled_from(CONTENT.steps))
def test_b4_work_off_the_path_adds_nothing(done, step):
    """Protects: only steps of the present path count."""
    progress = Progress(CLINIC, done | {"school-lesson", "school-case"})
    assert progress.percent == Progress(CLINIC, done).percent
    assert progress.missing == Progress(CLINIC, done).missing


@given(finished)
def test_finishing_one_more_step_never_lowers_progress(done):
    before = Progress(CLINIC, done)
    for step in before.missing:
        assert Progress(CLINIC, done | {step.key}).percent > before.percent


@given(finished)
def test_whatever_is_next_is_open(done):
    progress = Progress(CLINIC, done)
    if progress.next:
        assert progress.waits_for(progress.next) == ()


@given(paths, finished)
def test_someone_who_does_what_each_step_waits_for_gets_everywhere(steps, done):
    """In any order of the steps there is always a missing step that is open."""
    progress = Progress(steps, done)
    if progress.missing:
        assert any(progress.waits_for(step) == () for step in progress.missing)


def test_empty_path_is_at_0_percent():
    assert Progress((), frozenset()).percent == 0


def test_percent_is_rounded_down():
    steps = tuple(lesson(f"l{place}") for place in range(3))
    assert Progress(steps, frozenset({"l0", "l1"})).percent == 66


def test_final_test_waits_for_all_before_it_and_the_survey_for_the_final_test():
    progress = Progress(CLINIC, frozenset({"shared"}))
    waits = {step.key: keys(progress.waits_for(step)) for step in CLINIC}
    assert waits == {
        "first-test": [],
        "shared": [],
        "clinic-lesson": [],
        "clinic-case": [],
        "final-test": ["first-test", "clinic-lesson", "clinic-case"],
        "survey": ["final-test"],
    }


def test_finished_step_waits_for_nothing_even_when_a_change_of_setting_adds_steps():
    progress = Progress(CLINIC, frozenset({"final-test", "survey"}))
    assert [progress.waits_for(step) for step in CLINIC[-2:]] == [(), ()]


def test_following_is_the_next_missing_step_else_the_first_missing_one():
    progress = Progress(CLINIC, frozenset({"clinic-lesson", "clinic-case", "final-test", "survey"}))
    following = {step.key: getattr(progress.following(step.key), "key", None) for step in CONTENT.steps}
    assert following == {
        "first-test": "shared",
        "shared": "first-test",
        "clinic-lesson": "first-test",
        "school-lesson": "first-test",
        "clinic-case": "first-test",
        "school-case": "first-test",
        "final-test": "first-test",
        "survey": "first-test",
    }
    finished = Progress(CLINIC, frozenset(KEYS))
    assert (finished.following("shared").key, finished.following("survey")) == ("clinic-lesson", None)


def test_place_counts_from_1_and_is_0_off_the_path():
    progress = Progress(CLINIC, frozenset())
    assert [progress.place(key) for key in ("first-test", "survey", "school-case")] == [1, 6, 0]


def test_minutes_left_are_those_of_the_missing_steps():
    assert Progress(CLINIC, frozenset({"first-test", "shared"})).minutes_left == 3 + 4 + 5 + 1


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.booleans())))
def test_summary_of_the_visits_is_the_one_written_step_by_step(visits):
    summary = Summary()
    for key, done in visits:
        summary = summary.with_finished(key) if done else summary.with_opened(key)
    assert summarise(visits) == summary
    assert summary.finished <= summary.opened
