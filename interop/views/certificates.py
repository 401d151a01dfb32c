from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from certificates.queries import with_code
from interop import examples, presenting
from interop.openapi import answers
from interop.serializers import CertificateShape
from interop.throttling import VerificationThrottle
from interop.views.base import FreshView, PublicView
from support.languages import current_language


class Certificate(FreshView, PublicView):
    serializer_class = CertificateShape
    pagination_class = None
    throttle_classes = (VerificationThrottle,)

    @extend_schema(
        operation_id="verify_certificate",
        tags=["certificates"],
        summary="What a certificate says, and whether it is in force",
        description="An unknown code and one that cannot exist get the same answer.",
        responses=answers(CertificateShape, examples.CERTIFICATE, "invalid", "not_found"),
    )
    def get(self, request: Request, code: str) -> Response:
        certificate = with_code(code)
        if certificate is None:
            raise Http404
        told = self.get_serializer(presenting.certificate(certificate, current_language())).data
        return Response(told, headers={"X-Robots-Tag": "noindex"})
