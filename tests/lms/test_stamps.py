import pytest

from lms.stamps import when_changed


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    folder = tmp_path / "inputs"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "page.txt").write_text("one")
    return folder


def times(folder, **options) -> int:
    """How often the work is done."""
    done = []
    when_changed("pages", [folder], lambda: done.append(1), **options)
    return len(done)


def test_work_is_done_once_for_the_same_files(folder):
    assert [times(folder), times(folder)] == [1, 0]


def test_work_is_done_again_when_a_file_changes_or_is_renamed(folder):
    times(folder)
    page = folder / "deep" / "page.txt"
    page.write_text("two")
    changed = times(folder)
    page.rename(folder / "page.txt")
    assert [changed, times(folder), times(folder)] == [1, 1, 0]


def test_work_is_done_anyway_when_asked_for(folder):
    assert [times(folder), times(folder, anyway=True)] == [1, 1]


def test_work_that_failed_is_done_again(folder):
    with pytest.raises(ZeroDivisionError):
        when_changed("pages", [folder], lambda: 1 / 0)
    assert times(folder) == 1
