from certificates import signing
from certificates.models import SigningCertificate
from certificates.signing import Credential


def remember(credential: Credential) -> None:
    """The public half of a key, from the first paper it signs: in the transaction that publishes the paper."""
    SigningCertificate.objects.get_or_create(
        key_id=credential.key_id,
        defaults={"pem": credential.pem, "is_development": signing.is_for_development()},
    )
