import pytest

from courses.review import DraftState, draft_state, owed

CASES = {
    "nothing-said": ({}, DraftState.DRAFT),
    "asked-for-review": ({"requested": True}, DraftState.IN_REVIEW),
    "one-of-two-approves": (
        {"asked": ["accessibility", "spanish-editor"], "given": {"accessibility": True}},
        DraftState.IN_REVIEW,
    ),
    "both-approve": (
        {"asked": ["accessibility", "spanish-editor"], "given": {"accessibility": True, "spanish-editor": True}},
        DraftState.APPROVED,
    ),
    "approved-though-nobody-was-asked-for": ({"given": {"accessibility": True}}, DraftState.APPROVED),
    "one-refuses": (
        {"asked": ["accessibility"], "given": {"accessibility": True, "subject-expert": False}},
        DraftState.IN_REVIEW,
    ),
    "released": ({"released": True, "requested": True}, DraftState.RELEASED),
}


@pytest.mark.parametrize("facts, expected", CASES.values(), ids=CASES)
def test_state_of_a_draft(facts, expected):
    said = {"released": False, "requested": False, "asked": [], "given": {}}
    assert draft_state(**{**said, **facts}) == expected


ASKED = ["spanish-editor", "subject-expert"]


@pytest.mark.parametrize(
    "given, locales, expected",
    [
        ({}, ("en", "es"), ["subject-expert", "spanish-editor"]),
        ({}, ("en",), ["subject-expert"]),
        ({"subject-expert": True}, ("en",), []),
        ({"subject-expert": False}, ("en",), ["subject-expert"]),
    ],
    ids=["both-languages", "English-needs-no-Spanish-editor", "given", "refused"],
)
def test_sign_offs_still_owed(given, locales, expected):
    assert owed(ASKED, given, locales) == expected
