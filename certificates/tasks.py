from contextlib import suppress

from certificates.errors import NotActive
from certificates.services import reissuing, retention, transcripts
from certificates.services.pictures import draw as draw_paper


def draw(payload: dict) -> None:
    with suppress(NotActive):  # what was erased has no papers any more
        draw_paper(certificate_id=payload["certificate"], language=payload["language"])


def reissue(payload: dict) -> None:
    reissuing.work(reissue_id=payload["reissue"], lane=payload["lane"])


def draw_transcript(payload: dict) -> None:
    transcripts.draw(transcript_id=payload["transcript"])


def erase(payload: dict) -> None:
    retention.erase_due()
