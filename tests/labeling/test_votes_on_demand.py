"""Votes beside a row that is annotated: for who asks, for nobody where a project forbids it."""

import pytest

from labeling.errors import ProjectError
from labeling.highlights import Span
from labeling.project import Project
from labeling.votes_on_demand import FunctionVote, RowVotes

HAM, SPAM = 0, 1


def test_each_vote_has_what_made_it_where_that_is_known(project: Project) -> None:
    """Row h says "lunch, free of charge": lunch is a Python function, free looks for a word."""
    assert project.votes_on_demand.of(7) == RowVotes(
        7, (FunctionVote("lunch", HAM, ()), FunctionVote("free", SPAM, (Span(7, 11, SPAM),))), 1
    )
    assert project.votes_on_demand.of(6) == RowVotes(6, (), 3)


def test_a_project_can_forbid_it(project: Project) -> None:
    """The core refuses, whatever a page asks for; History says who did it and takes it back."""
    project.votes_on_demand.allow(False, "mara")
    assert not project.votes_on_demand.allowed()
    with pytest.raises(ProjectError, match="do not see votes"):
        project.votes_on_demand.of(7)
    project.votes_on_demand.allow(False, "mara")
    (event,) = [one for one in project.history.timeline().events if one.kind == "setting"]
    assert (event.subject, event.author) == ("votes_on_demand", "mara")
    project.history.undo(event.event_id)
    assert project.votes_on_demand.allowed()


def test_a_row_that_is_not_there_is_named(project: Project) -> None:
    with pytest.raises(ProjectError, match="no row 8"):
        project.votes_on_demand.of(8)
