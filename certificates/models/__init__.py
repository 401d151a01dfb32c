from certificates.models.bulk import Reissue, ReissueItem
from certificates.models.certificates import ACTIVE, Certificate, Drawing, ReportingData
from certificates.models.signing import SigningCertificate
from certificates.models.trail import CertificateEvent, CorrectionRequest, TrailIsFrozen
from certificates.models.transcripts import Transcript

__all__ = [
    "ACTIVE",
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
