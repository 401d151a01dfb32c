from courses.walks import Spot, Walks, distances, faults, graph_of, reach, walks


def graph(**spots: str) -> dict[str, Spot]:
    """`a="b c"` leads to b and c; `a="!"` is an ending."""
    return graph_of(
        Spot(key, tuple(to for to in text.split() if to != "!"), "!" in text.split()) for key, text in spots.items()
    )


WHOLE = graph(start="ask leave", ask="listen end", listen="end", leave="!", end="!")


def test_reach_follows_choices_also_to_nodes_that_are_not_there():
    assert reach(graph(a="b", b="c d", c="!"), {"a"}) == {"a", "b", "c", "d"}
    assert reach(WHOLE, {"listen"}) == {"listen", "end"}
    assert reach(WHOLE, set()) == set()


def test_distances_count_the_fewest_choices():
    assert distances(WHOLE, {"start"}) == {"start": 0, "ask": 1, "leave": 1, "listen": 2, "end": 2}


def test_whole_case_has_no_faults_and_is_walked_short_or_long():
    assert walks(WHOLE, "start") == Walks(
        levels={"start": 0, "ask": 1, "leave": 1, "listen": 2, "end": 3}, faults={}, shortest=1, longest=3
    )


def test_faults_name_each_node_and_what_is_wrong_with_it():
    broken = graph(start="round gone dead", round="start end", dead="", end="! start", lost="!")
    assert list(faults(broken, "start")) == [
        ("start", "loop"),
        ("start", "leads-nowhere"),
        ("round", "loop"),
        ("dead", "dead-end"),
        ("end", "ending-goes-on"),
        ("lost", "unreachable"),
    ]
    assert walks(broken, "start").faults == {
        "start": ("loop", "leads-nowhere"),
        "round": ("loop",),
        "dead": ("dead-end",),
        "end": ("ending-goes-on",),
        "lost": ("unreachable",),
    }


def test_level_is_the_farthest_whichever_choice_comes_first():
    for onward in ("near far", "far near"):
        found = walks(graph(start=onward, near="end", far="farther", farther="end", end="!"), "start")
        assert found.levels == {"start": 0, "near": 1, "far": 1, "farther": 2, "end": 3}


def test_loop_has_a_shortest_walk_and_no_longest():
    found = walks(graph(start="round end", round="start", end="!"), "start")
    assert (found.levels, found.shortest, found.longest) == ({"start": 0, "round": 1, "end": 1}, 1, None)


def test_case_that_starts_nowhere_has_no_walks():
    found = walks(graph(a="b", b="!"), "gone")
    assert (found.levels, found.shortest, found.longest) == ({}, None, None)
    assert set(found.faults) == {"a", "b"}


def test_case_without_an_ending_has_no_walks():
    found = walks(graph(start="a", a=""), "start")
    assert (found.levels, found.shortest, found.longest) == ({"start": 0, "a": 1}, None, None)


def test_long_case_is_measured():
    spots = {f"n{number}": f"n{number + 1}" for number in range(300)} | {"n300": "!"}
    assert walks(graph(**spots), "n0").longest == 300
