from io import BytesIO
from zipfile import ZipFile

import pytest

from courses.packages.archive import MAX_BYTES, MAX_FILES, ArchiveRefused, Why, open_package, pack, unpack
from courses.packages.problems import Message, Problem
from tests.courses import factories
from tests.courses.packages import link, package, zipped

MODULE = "basics/module.yaml"


def refused(data: bytes, folder) -> tuple[Why, str]:
    """Why an archive is refused; whatever is refused leaves nothing outside the folder it was unpacked into."""
    inside = folder / "in" / "here"
    inside.mkdir(parents=True)
    with pytest.raises(ArchiveRefused) as error:
        unpack(data, inside)
    assert [
        path for path in folder.rglob("*") if inside not in path.parents and path not in (inside, inside.parent)
    ] == []
    return error.value.why, error.value.name


def test_same_files_make_the_same_bytes_in_whatever_order_they_come():
    one = pack("basics", {"module.yaml": b"a", "lessons/x.yaml": b"b"})
    assert one == pack("basics", {"lessons/x.yaml": b"b", "module.yaml": b"a"})
    with ZipFile(BytesIO(one)) as archive:
        assert [(info.filename, info.date_time[0]) for info in archive.infolist()] == [
            ("basics/lessons/x.yaml", 1980),
            ("basics/module.yaml", 1980),
        ]


def test_archive_is_unpacked_into_the_folder_of_its_module(tmp_path):
    folder = unpack(pack("basics", {"module.yaml": b"a", "lessons/x.yaml": b"b"}), tmp_path)
    assert folder == tmp_path / "basics"
    assert {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")} == {
        "module.yaml": b"a",
        "lessons/x.yaml": b"b",
    }


def test_package_is_read_from_its_archive(tmp_path):
    found, problems = open_package(package(tmp_path), {"clinic", "school"})
    assert (found.module.key, sorted(found.pictures), problems) == ("basics", ["figures/drawing.svg"], [])


def test_problems_of_a_package_are_named_as_in_its_folder(tmp_path):
    files = factories.content()
    files["basics/lessons/shared.yaml"]["settings"] = ["street"]
    found, problems = open_package(package(tmp_path, files), {"clinic", "school"})
    assert (found, [(problem.file, problem.message.said(str)) for problem in problems]) == (
        None,
        [("basics/lessons/shared.yaml", "There is no professional setting “street”.")],
    )


def test_archive_without_a_module_is_a_problem_not_an_error():
    found, problems = open_package(zipped({"basics/sources.yaml": b"sources: []"}), set())
    assert (found, problems) == (None, [Problem("basics/module.yaml", 1, Message("The file is not there."))])


@pytest.mark.parametrize(
    "name",
    [
        "/basics/module.yaml",
        "../module.yaml",
        "basics/../../module.yaml",
        "basics/lessons/../../../x.yaml",
        "basics\\module.yaml",
        "C:/module.yaml",
        "module.yaml",
        "basics/other.yaml",
        "basics/lessons/deep/x.yaml",
        "basics/lessons/x.py",
        "basics/figures/x.html",
        "basics/figures/.svg/../x.svg",
        "basics/files/x.pdf.exe",
        "basics/inner.zip",
        "basics/lessons/\u202ex.yaml",
        "basics/lessons/x\n.yaml",
        "Basics/module.yaml",
        ".git/config",
    ],
)
def test_file_that_is_no_part_of_a_package_is_refused(name, tmp_path):
    why, _name = refused(zipped({MODULE: b"a", name: b"b"}), tmp_path)
    assert why == Why.NOT_OF_A_PACKAGE


def test_name_that_would_change_on_the_way_is_refused(tmp_path):
    """A zero byte ends a name for the library that reads it, and is shown as what it is."""
    data = zipped({"basics/lessons/xAyaml.yaml": b"a"}).replace(b"xAyaml.yaml", b"x.yaml\0yaml")
    assert refused(data, tmp_path) == (Why.NOT_OF_A_PACKAGE, "basics/lessons/x.yaml�yaml")


def test_link_is_refused(tmp_path):
    assert refused(link(MODULE, "/etc/passwd"), tmp_path) == (Why.NOT_OF_A_PACKAGE, MODULE)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("other", [MODULE, "basics/lessons/X.yaml"])
def test_name_given_twice_is_refused(other, tmp_path):
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in (MODULE, "basics/lessons/x.yaml", other):
            archive.writestr(name, b"a")
    assert refused(out.getvalue(), tmp_path) == (Why.TWICE, other)


def test_two_modules_are_refused(tmp_path):
    assert refused(zipped({MODULE: b"a", "other/module.yaml": b"b"}), tmp_path)[0] == Why.SEVERAL


def test_too_many_files_are_refused(tmp_path):
    files = {f"basics/lessons/x{number}.yaml": b"" for number in range(MAX_FILES + 1)}
    assert refused(zipped(files), tmp_path)[0] == Why.TOO_MANY


def test_bomb_is_refused_while_it_is_read(tmp_path):
    part = bytes(MAX_BYTES // 4)
    bomb = zipped({f"basics/lessons/x{number}.yaml": part for number in range(5)})
    assert len(bomb) < 200_000
    assert refused(bomb, tmp_path)[0] == Why.TOO_LARGE


def test_size_that_the_archive_states_is_not_believed(tmp_path):
    honest = zipped({MODULE: bytes(MAX_BYTES + 1)})
    lying = honest.replace((MAX_BYTES + 1).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert refused(lying, tmp_path)[0] in (Why.TOO_LARGE, Why.NO_ARCHIVE)


def test_locked_archive_is_refused(tmp_path):
    data = bytearray(zipped({MODULE: b"a"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refused(bytes(data), tmp_path) == (Why.LOCKED, MODULE)


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"%PDF-1.7", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_is_refused(data, tmp_path):
    assert refused(data, tmp_path)[0] == Why.NO_ARCHIVE


def test_damaged_archive_is_refused(tmp_path):
    data = bytearray(zipped({MODULE: b"a" * 1000}))
    data[60] ^= 0xFF
    assert refused(bytes(data), tmp_path)[0] == Why.NO_ARCHIVE


def test_empty_archive_is_refused(tmp_path):
    assert refused(zipped({}), tmp_path)[0] == Why.EMPTY
