"""A key for demonstrations and development, made once in the site's own folder. It proves nothing to anybody."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from certificates.signing import making

SUBJECT = "SOAR Online, for development only"
FILE = "development.pem"


def pem(folder: Path) -> bytes:
    """Key and certificate, readable by the site alone; of two processes at once, one makes it and both read it."""
    file = folder / FILE
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(file)
    return file.read_bytes()


def _make(file: Path) -> None:
    key = making.new_key()
    # The temporary file is readable by its owner alone; linking it refuses to replace what another process made.
    with NamedTemporaryFile(dir=file.parent) as made:
        made.write(making.private_pem(key) + making.public_pem(making.self_signed(key, SUBJECT)))
        made.flush()
        os.fsync(made.fileno())
        try:
            os.link(made.name, file)
        except FileExistsError:
            return
