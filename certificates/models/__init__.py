from certificates.models.bulk import Reissue, ReissueItem
from certificates.models.certificates import ACTIVE, NABP_ID, Certificate, Drawing, ReportingData
from certificates.models.signing import SigningCertificate
from certificates.models.trail import CertificateEvent, CorrectionRequest, TrailIsFrozen
from certificates.models.transcripts import Transcript

__all__ = [
    "ACTIVE",
    "NABP_ID",
    "Certificate",
    "CertificateEvent",
    "CorrectionRequest",
    "Drawing",
    "Reissue",
    "ReissueItem",
    "ReportingData",
    "SigningCertificate",
    "TrailIsFrozen",
    "Transcript",
]
