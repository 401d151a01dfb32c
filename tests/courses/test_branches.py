from courses.branches import NEEDS, Stop, branches, lacks, role_of

WHOLE = tuple(Stop(key=f"all-{role}", role=role, minutes=2) for role in NEEDS)


def test_role_of_a_test_is_its_stage():
    kinds = [("lesson", ""), ("case", ""), ("test", "pre"), ("test", "post"), ("survey", "")]
    assert [role_of(*kind) for kind in kinds] == ["lesson", "case", "pre", "post", "survey"]


def test_lacks_names_every_need_that_no_step_meets():
    assert lacks([]) == NEEDS
    assert lacks(["case", "pre", "case"]) == ("lesson", "survey", "post")
    assert lacks(NEEDS) == ()


def test_line_of_a_setting_holds_shared_and_own_stops_in_order():
    own, other = Stop("own", "lesson", 5, ("clinic",)), Stop("other", "lesson", 7, ("school", "clinic-two"))
    found = branches((own, *WHOLE, other), ["clinic", "school"])
    assert [line.stops for line in found.lines] == [(own, *WHOLE), (*WHOLE, other)]
    assert [line.minutes for line in found.lines] == [15, 17]
    assert [(line.lacks, line.has_end) for line in found.lines] == [((), True), ((), True)]


def test_line_without_final_test_or_without_survey_has_no_end():
    without = {role: tuple(stop for stop in WHOLE if stop.role != role) for role in NEEDS}
    assert {role: branches(stops, ["clinic"]).lines[0].has_end for role, stops in without.items()} == {
        "lesson": True,
        "case": True,
        "pre": True,
        "post": False,
        "survey": False,
    }
    assert branches((), ["clinic"]).lines[0].lacks == NEEDS


def test_step_of_a_setting_that_the_module_lacks_is_an_orphan_and_a_stray():
    lost, half = Stop("lost", "lesson", 1, ("dental",)), Stop("half", "lesson", 1, ("dental", "clinic"))
    found = branches((lost, half, *WHOLE), ["clinic"])
    assert (found.orphans, found.strays) == (("lost",), (("lost", "dental"), ("half", "dental")))


def test_every_step_is_an_orphan_where_the_module_has_no_setting():
    assert branches(WHOLE, []).orphans == tuple(stop.key for stop in WHOLE)
