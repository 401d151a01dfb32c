from certificates import services


def draw(payload: dict) -> None:
    services.draw(certificate_id=payload["certificate"])
