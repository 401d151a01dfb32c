"""Packages as archives, sound and otherwise."""

import stat
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from courses.packages.archive import pack
from courses.packages.exporter import export
from tests.courses import factories
from tests.courses.factories import Files


def zipped(files: dict[str, bytes | str], compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def link(name: str, target: str) -> bytes:
    """An archive that holds a symbolic link."""
    info = ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(info, target)
    return out.getvalue()


def package(folder, files: Files | None = None, key: str = "basics") -> bytes:
    """The tiny content, or the files given, as an archive."""
    written = factories.write(folder, files or factories.content()) / key
    return pack(key, {str(path.relative_to(written)): path.read_bytes() for path in written.rglob("*.*")})


def exported(module) -> bytes:
    return pack(module.key, export(module))
