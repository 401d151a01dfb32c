import os
from argparse import ArgumentParser
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates import signing
from certificates.signing import making


class Command(BaseCommand):
    help = "Shows what certificates are signed with, or makes a new key. Nothing that exists is written over."
    requires_system_checks = []  # they ask for the very key that this makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--make", type=Path, metavar="FOLDER", help="write key.pem and certificate.pem into it")
        parser.add_argument("--organization", help="whose key it is, as files name it")
        parser.add_argument("--days", type=int, default=making.DAYS, help="how long a certificate is valid")
        parser.add_argument(
            "--request", action="store_true", help="write request.pem, for an authority to sign, and no certificate"
        )

    def handle(self, *, make: Path | None, organization: str | None, days: int, request: bool, **options) -> None:
        if make is None:
            return self._show()
        if not organization:
            raise CommandError("Say whose key it is: --organization “Name of the provider”.")
        return self._make(make, organization, days, request)

    def _show(self) -> None:
        try:
            found = signing.current()
        except signing.KeyRefused as refusal:
            raise CommandError(str(refusal)) from None
        certificate = found.certificate
        left = (certificate.not_valid_after_utc - timezone.now()).days
        self.stdout.write(
            f"Key          {found.key_id}{' (for development: it proves nothing)' * signing.is_for_development()}\n"
            f"Subject      {certificate.subject.rfc4514_string()}\n"
            f"Issuer       {certificate.issuer.rfc4514_string()}\n"
            f"Fingerprint  {certificate.fingerprint(SHA256()).hex(':').upper()}\n"
            f"Valid until  {certificate.not_valid_after_utc:%Y-%m-%d} ({left} days)"
        )

    def _make(self, folder: Path, organization: str, days: int, request: bool) -> None:
        key = making.new_key()
        made = making.request(key, organization) if request else making.self_signed(key, organization, days)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(folder / "key.pem", making.private_pem(key, settings.CERTIFICATE_KEY_PASSWORD), 0o600)
        self._write(folder / ("request.pem" if request else "certificate.pem"), making.public_pem(made), 0o644)

    def _write(self, file: Path, content: bytes, mode: int) -> None:
        try:
            with open(file, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as new:
                new.write(content)
        except FileExistsError:
            raise CommandError(f"{file} exists already, and is left as it is.") from None
        self.stdout.write(str(file))
