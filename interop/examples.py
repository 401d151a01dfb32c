"""One example of each answer, for the schema; tests hold them to the shapes."""

LESSON = {
    "key": "notice-health-care",
    "kind": "lesson",
    "title": "What you might notice in the exam room",
    "minutes": 4,
}
MISSING = LESSON | {
    "open": True,
    "url": "https://training.example/en/learn/soar-health-wellness/steps/notice-health-care/",
}

MODULE_CARD = {
    "key": "soar-health-wellness",
    "title": "SOAR to Health and Wellness",
    "summary": "Recognize possible trafficking and respond with care.",
    "minutes": 55,
}
MODULE = MODULE_CARD | {
    "language": "en",
    "release": 3,
    "description": "<p>How to stop, observe, ask and respond in your own work.</p>",
    "audience": "People who work in health and social services.",
    "authors": "The SOAR Online team",
    "provider": "SOAR Online",
    "credit": "No real credit: this is a demonstration.",
    "objectives": [{"text": "Describe the forms of trafficking."}],
    "settings": [
        {
            "key": "health-care",
            "name": "Health care",
            "places": "Triage, exam room, dentistry, pharmacy, discharge",
            "steps": 12,
            "minutes": 55,
        }
    ],
    "pass_mark": 80,
    "attempts_allowed": 3,
    "released_on": "2026-01-15",
    "review_on": "2028-01-15",
    "terminates_on": "2029-01-15",
}
PATH = {
    "module": "soar-health-wellness",
    "setting": "health-care",
    "language": "en",
    "release": 3,
    "minutes": 55,
    "steps": [LESSON | {"section": {"key": "observe", "title": "Observe"}, "shared": False}],
}
ENROLMENT = {
    "module": "soar-health-wellness",
    "title": "SOAR to Health and Wellness",
    "language": "en",
    "setting": "health-care",
    "locale": "en",
    "release": 3,
    "percent": 91,
    "minutes_left": 4,
    "next": MISSING,
    "started_at": "2026-03-02T09:15:00-05:00",
    "completed_at": None,
}
PROGRESS = ENROLMENT | {"missing": [MISSING]}
ANSWER = {"place": 3, "chosen": [2]}
CERTIFICATE_WORDS = {
    "title": "SOAR to Health and Wellness",
    "setting": "Health care",
    "provider": "SOAR Online",
    "credit": "1.25 contact hours · Contact hours",
    "format": "Online, self-paced",
}
CERTIFICATE = {
    "code": "2345-6789-ABCD-EFGHJ",
    "status": "valid",
    "renewed": False,
    "printed_name": "Ana Ruiz",
    "language": "en",
    **CERTIFICATE_WORDS,
    "words": {"en": CERTIFICATE_WORDS},
    "credit_type": "contact-hours",
    "credit_amount": "1.25",
    "provider_number": "P-0000",
    "activity_number": "",
    "release": 3,
    "minutes": 55,
    "demonstration": True,
    "locale": "es",
    "completed_on": "2026-03-09",
    "issued_on": "2026-03-09",
    "expires_on": None,
    "replaced_on": None,
    "revoked_on": None,
    "revocation_category": None,
}
