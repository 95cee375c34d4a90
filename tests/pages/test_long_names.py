"""Pages with names too long for their place: cut in the middle, and whole beside it."""

import json
from collections.abc import Iterator

import pytest

from labeling.project import Project
from tests.pages.showing import mounted, shown
from tests.projects import keyword

BEGINNING = "mentions_that_the_parcel_was_never_delivered_to_the_house_in_the"
NAMES = [f"{BEGINNING}_subject", f"{BEGINNING}_body"]


@pytest.fixture
def named(project: Project) -> Iterator[Project]:
    """The eight rows with two more functions, whose names have one beginning."""
    for name in NAMES:
        project.save_function(keyword(name, ("money",), "spam"))
    project.refresh()
    return project


def test_the_table_tells_functions_with_one_beginning_apart(named: Project) -> None:
    """Both ends are there, in the narrow table and in the whole one."""
    narrow = list(shown("studio").dataframe[0].value["function"])[-2:]
    assert narrow == ["mentions_…_subject", "mentions_…the_body"]
    app = shown("studio", {"studio-all-statistics": True})
    whole = list(app.dataframe[0].value["function"])[-2:]
    assert [name[-8:] for name in whole] == ["_subject", "the_body"]
    assert {len(name) for name in whole} == {44}


def test_a_warning_takes_a_part_of_the_place_of_names(named: Project) -> None:
    """Without one its column is left out; that of names is as wide as they are."""
    table = shown("studio", {"studio-all-statistics": True}).dataframe[0]
    assert "warnings" not in table.proto.column_order
    assert json.loads(table.proto.columns)["function"]["width"] >= 7 * 44
    named.save_function(keyword("silent", ("never to be found",), "spam"))
    named.refresh()
    table = shown("studio", {"studio-all-statistics": True}).dataframe[0]
    assert "warnings" in table.proto.column_order
    assert max(map(len, table.value["function"])) == 28


def test_rows_get_the_short_form_of_long_names_only(named: Project) -> None:
    """The browser shows it with the whole name as the title."""
    short = mounted(shown("studio", {"studio_function": NAMES[0]}), "rows")["short"]
    assert set(short) == set(NAMES)
    assert short[NAMES[0]] == "mentions_that_t…in_the_subject"


def test_charts_label_a_function_by_its_short_name(named: Project) -> None:
    """What a click picks and the tooltip says stays the whole name."""
    charts = [json.loads(chart.proto.spec) for chart in shown("dashboard").get("vega_lite_chart")]
    coverage = next(chart for chart in charts if chart["title"]["text"].startswith("Functions"))
    axis = coverage["encoding"]["y"]["axis"]
    assert json.dumps(sorted(NAMES)) in axis["labelExpr"]
    assert json.dumps("mentions_tha…the_subject") in axis["labelExpr"]
