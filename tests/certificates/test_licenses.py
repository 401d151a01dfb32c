import pytest

from certificates.licenses import LONGEST, LicenseRefused, Problem, accepted


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("", ""),
        ("RN 884213", "RN 884213"),
        ("  RN \t 884213\n", "RN 884213"),
        ("ＲＮ８８４２", "RN8842"),
        ("RN‑884–213", "RN-884-213"),
        ("LMSW #12.34/5(a)", "LMSW #12.34/5(a)"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_number_is_tidied_as_it_will_be_printed(typed, printed):
    assert accepted(typed) == printed


@pytest.mark.parametrize(
    "typed, problem",
    [
        ("x" * (LONGEST + 1), Problem.LONG),
        ("x" * 1_000_000, Problem.LONG),
        ("\u0301" * 1_000_000, Problem.LONG),
        ("RN\u202e884213", Problem.LETTERS),
        ("RN\u200b884213", Problem.LETTERS),
        ("RN\u00ad884213", Problem.LETTERS),
        ("RN\0", Problem.LETTERS),
        ("ПН 1", Problem.LETTERS),
        ("1\u0335", Problem.LETTERS),
    ],
)
def test_number_that_is_too_long_or_hides_something_is_refused(typed, problem):
    with pytest.raises(LicenseRefused) as refusal:
        accepted(typed)
    assert refusal.value.problem == problem
