"""A package as one file to download and send: a ZIP whose bytes depend on its content alone. Pure.

What comes in was made by anybody: a package is unpacked only as far as it can be one.
"""

import re
import stat
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from courses.packages.canonical import Files
from courses.packages.package import Loader, Package
from courses.packages.problems import Problem

MAX_FILES = 500
MAX_BYTES = 20_000_000
_CHUNK = 64 * 1024
# The earliest time a ZIP can hold.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PLACES = re.compile(
    rf"{_KEY}/(?:(?:module|sources|survey|translations)\.yaml"
    rf"|(?:lessons|cases|bank)/[\w-]+\.yaml|figures/[\w.-]+\.(?:svg|webp)|files/[\w.-]+\.pdf)",
    re.ASCII,
)
# Raised by zipfile for what is damaged, packed in a way it does not know, or locked.
_UNREADABLE = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)
# The others (bzip2, LZMA) are unpacked by zipfile without a bound: a few hundred bytes become gigabytes at once.
_PACKED = (ZIP_STORED, ZIP_DEFLATED)
_ENCRYPTED = 0x1


class Why(StrEnum):
    NO_ARCHIVE = "no-archive"
    EMPTY = "empty"
    TOO_MANY = "too-many-files"
    TOO_LARGE = "too-large"
    NOT_OF_A_PACKAGE = "not-of-a-package"
    TWICE = "twice"
    LOCKED = "locked"
    SEVERAL = "several-modules"


class ArchiveRefused(Exception):
    """`name` is the file it is about, where there is one."""

    def __init__(self, why: Why, name: str = "") -> None:
        super().__init__(why, name)
        self.why, self.name = why, name


def pack(key: str, files: Files) -> bytes:
    """In a folder named by the module's key."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(files.items()):
            info = ZipInfo(f"{key}/{name}", _NO_TIME)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3  # as on Unix, wherever it is made
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data)
    return out.getvalue()


def unpack(data: bytes, into: Path) -> Path:
    """Writes the files of a package into the folder `into` and returns the module's. Raises ArchiveRefused."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not _is_folder(info)]
            _check(infos)
            left = MAX_BYTES
            for info in infos:
                left -= _write(archive, info, into / info.filename, left)
    except _UNREADABLE as error:
        raise ArchiveRefused(Why.NO_ARCHIVE) from error
    return into / infos[0].filename.partition("/")[0]


def open_package(data: bytes, known_settings: set[str]) -> tuple[Package | None, list[Problem]]:
    """The package in an archive, or its problems. Raises ArchiveRefused."""
    with TemporaryDirectory() as folder:
        loader = Loader(unpack(data, Path(folder)), known_settings)
        return loader.load(), loader.problems


def _is_folder(info: ZipInfo) -> bool:
    return info.is_dir() and info.file_size == 0


def _check(infos: list[ZipInfo]) -> None:
    if len(infos) > MAX_FILES:
        raise ArchiveRefused(Why.TOO_MANY)
    if not infos:
        raise ArchiveRefused(Why.EMPTY)
    names = set()
    for info in infos:
        name = info.filename
        # `orig_filename` still holds what zipfile corrected: a zero byte, another separator.
        if name != info.orig_filename or not _PLACES.fullmatch(name) or not _is_plain(info):
            raise ArchiveRefused(Why.NOT_OF_A_PACKAGE, _shown(info.orig_filename))
        if name.lower() in names:
            raise ArchiveRefused(Why.TWICE, name)
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveRefused(Why.LOCKED, name)
        if info.compress_type not in _PACKED:
            raise ArchiveRefused(Why.NO_ARCHIVE, name)
        names.add(name.lower())
    if len({name.partition("/")[0] for name in names}) > 1:
        raise ArchiveRefused(Why.SEVERAL)


def _is_plain(info: ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind in (0, stat.S_IFREG)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name[:200])


def _write(archive: ZipFile, info: ZipInfo, path: Path, left: int) -> int:
    """Bytes written. The sizes an archive states are not believed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(info) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > left:
                raise ArchiveRefused(Why.TOO_LARGE)
            target.write(chunk)
    return written
