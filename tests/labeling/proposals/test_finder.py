"""Suggestions over small projects, whose figures are counted by hand."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling.annotation_store import Annotation
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.proposals import Asked, Found
from labeling.proposals.near_rows import near_rows, resemblance
from tests.projects import create, keyword, opened

HEAD = "id,text,gold,split,score\n"


def rows(*groups: tuple[int, str, str, str]) -> str:
    """Return a file with (times, text, gold, split) each so many times, numbered."""
    lines, number = [], 0
    for times, text, gold, split in groups:
        for _ in range(times):
            lines.append(f"r{number},{text},{gold},{split},{number % 7}")
            number += 1
    return HEAD + "\n".join(lines) + "\n"


SPAM_AND_HAM = rows(
    (8, "check my channel", "spam", "dev"),
    (20, "please check it", "", ""),
    (8, "a lovely tune", "ham", "dev"),
    (12, "what a tune", "", ""),
    (30, "forbidden fruit check", "ham", "test"),
)


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Rows of two topics without a function."""
    with opened(create(tmp_path / "p", SPAM_AND_HAM), executor) as project:
        project.refresh()
        yield project


def test_words_that_dev_gold_proves_are_suggested(project: Project) -> None:
    """Check is spam on 8 of 8 gold rows and new on all 58 rows that have it, tune ham on 8 of 8."""
    found = project.proposals.find(Asked("uncovered")).proposals
    first = found[0]
    assert (first.title, first.label) == ("has “check”", "spam")
    assert (first.belief.evidence, first.belief.right, first.belief.n) == ("dev gold", 8, 8)
    assert (first.rows, first.new_rows) == (58, 58)
    assert 0.5 < first.belief.low < first.belief.precision < first.belief.high == 1.0
    assert ("ham", 20) in {(one.label, one.new_rows) for one in found}


def test_a_row_that_is_labelled_counts_at_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that was not looked at before; nothing else is looked at anew for it."""
    monkeypatch.setattr("labeling.proposals.sample.SAMPLED_ROWS", 20)
    assert project.proposals.find(Asked("uncovered")).proposals[0].belief.n == 8
    monkeypatch.delattr("labeling.proposals.finder.read_sample")
    now = datetime.now(UTC)
    spam = 1
    project.annotate([Annotation(uuid4(), row, "label", spam, "ann", now) for row in range(8, 28)])
    project.refresh()
    first = project.proposals.find(Asked("uncovered")).proposals[0]
    assert (first.title, first.belief.right, first.belief.n) == ("has “check”", 28, 28)


def test_test_gold_proves_nothing(project: Project) -> None:
    """On test gold check is wrong 30 times; it is not looked at, and fruit is not suggested."""
    found = project.proposals.find(Asked("uncovered")).proposals
    assert all("fruit" not in one.title for one in found)
    assert all("forbidden" not in one.title for one in found)


def test_covered_rows_need_no_function(project: Project) -> None:
    """An accepted suggestion is not made again, and its rows count no more."""
    first = project.proposals.find(Asked("uncovered")).proposals[0]
    project.save_function(first.function)
    project.refresh()
    found = project.proposals.find(Asked("uncovered")).proposals
    assert {one.label for one in found} == {"ham"}
    assert all(one.new_rows <= 20 for one in found)


def test_without_gold_it_says_what_to_do(tmp_path: Path, executor: LocalExecutor) -> None:
    """Nothing can be judged, so nothing is suggested."""
    with opened(create(tmp_path / "p", rows((9, "check", "", ""))), executor) as project:
        project.refresh()
        found = project.proposals.find(Asked("uncovered"))
    assert found.proposals == ()
    assert found.problem is not None
    assert "label some rows in Annotate" in found.problem


WRONG = rows(
    (6, "free money", "spam", "dev"),
    (4, "free lunch", "ham", "dev"),
    (5, "free lunch", "", ""),
    (5, "win a car", "ham", "dev"),
)


@pytest.fixture
def wrong(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """A keyword function that is wrong on lunches and cars."""
    with opened(create(tmp_path / "p", WRONG), executor) as project:
        project.save_function(keyword("free", ("free", "win"), "spam"))
        project.refresh()
        yield project


def test_an_edit_takes_back_the_wrong_votes(wrong: Project) -> None:
    """All 5 cars are wrong, and win stands alone there; all 4 lunches are, and have 5 more rows."""
    found = wrong.proposals.find(Asked("wrong", "free")).proposals
    edits = {one.title: one for one in found if one.replaces == "free"}
    word = edits["without the word “win”"]
    assert (word.belief.right, word.belief.n, word.new_rows) == (5, 5, 5)
    lunch = edits["not where it has “lunch”"]
    assert (lunch.belief.right, lunch.belief.n, lunch.new_rows) == (4, 4, 9)
    assert 0.45 < lunch.belief.precision < 1.0
    assert lunch.function.kind == "rule"


def test_an_edit_does_what_it_says(wrong: Project) -> None:
    """Saved in the place of the function, it votes on the rows it keeps, and is right on all."""
    found = wrong.proposals.find(Asked("wrong", "free")).proposals
    lunch = next(one for one in found if one.title == "not where it has “lunch”")
    wrong.save_function(lunch.function, replaces="free")
    state = wrong.refresh().state("free")
    assert state is not None
    assert state.statistics is not None
    assert state.statistics.votes == lunch.rows == 11


def test_a_python_function_is_mended_by_an_exception(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """The code that was accepted runs, and abstains on the lunches."""
    source = "@labeling_function()\ndef free(x):\n    if 'free' in x.text:\n        return 'spam'\n"
    with opened(create(tmp_path / "p", WRONG), executor) as project:
        project.save_function(LabelingFunction("free", "python", source))
        project.refresh()
        found = project.proposals.find(Asked("wrong", "free")).proposals
        edit = next(one for one in found if one.replaces == "free")
        project.save_function(edit.function, replaces="free")
        state = project.refresh().state("free")
    assert state is not None
    assert state.statistics is not None
    assert (state.statistics.correct, state.statistics.incorrect) == (6, 0)


def test_nothing_that_is_wrong_more_often_than_right_is_suggested(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Of what a function gets right throughout, no other class is suggested, however rare it is."""
    right = rows((9, "free money", "spam", "dev"), (30, "free money", "", ""), (9, "tea", "", ""))
    with opened(create(tmp_path / "p", right), executor) as project:
        project.save_function(keyword("free", ("free",), "spam"))
        project.refresh()
        assert project.proposals.find(Asked("wrong", "free")).proposals == ()


def test_a_bold_suggestion_does_not_hide_sure_ones(tmp_path: Path, executor: LocalExecutor) -> None:
    """“The” is spam on 24 of 34 gold rows; on its 20 rows with “prize”, ten of ten are."""
    mixed = rows(
        (10, "the prize", "spam", "dev"),
        (14, "the news", "spam", "dev"),
        (10, "the news", "ham", "dev"),
        (10, "the prize", "", ""),
        (60, "the news", "", ""),
        (30, "a cat", "ham", "dev"),
    )
    with opened(create(tmp_path / "p", mixed), executor) as project:
        project.refresh()
        found = project.proposals.find(Asked("uncovered")).proposals
    titles = [one.title for one in found if one.label == "spam"]
    assert "has “the”" in titles
    assert "has “prize”" in titles


CONFLICTS = rows(
    (6, "free money", "spam", "dev"),
    (6, "free lunch", "ham", "dev"),
    (20, "free lunch", "", ""),
    (20, "free money", "", ""),
    (20, "my lunch", "ham", "dev"),
)


def test_an_edit_settles_a_conflict_by_dev_gold(tmp_path: Path, executor: LocalExecutor) -> None:
    """Free is spam but for lunches, of which another function says that they are ham."""
    with opened(create(tmp_path / "p", CONFLICTS), executor) as project:
        project.save_function(keyword("free", ("free",), "spam"))
        project.save_function(keyword("eats", ("lunch",), "ham"))
        project.refresh()
        for asked in (Asked("conflicts", "free"), Asked("conflicts")):
            edit = project.proposals.find(asked).proposals[0]
            assert (edit.replaces, edit.title) == ("free", "not where it has “lunch”")
            assert (edit.belief.evidence, edit.belief.right, edit.belief.n) == ("dev gold", 6, 6)
            assert (edit.new_rows, edit.in_conflict, edit.rows) == (26, 26, 26)
        assert project.proposals.find(Asked("conflicts", "eats")).proposals == ()
        project.save_function(edit.function, replaces="free")
        assert project.refresh().summary.conflict_rows == 0


def test_without_gold_labels_settle_conflicts(tmp_path: Path, executor: LocalExecutor) -> None:
    """Several functions against one are believed; it is marked that labels alone say so."""
    words = ("cheese", "bread", "soup", "fish", "rice")
    mixed = [" ".join(word for j, word in enumerate(words) if i >> j & 1) for i in range(32)]
    lunches = [(2, f"free lunch {one}", "", "") for one in mixed]
    with opened(create(tmp_path / "p", rows((150, "free money", "", ""), *lunches)), executor) as (
        project
    ):
        project.save_function(keyword("free", ("free",), "spam"))
        for word in words:
            project.save_function(keyword(f"eats_{word}", (word,), "ham"))
        project.refresh()
        edits = project.proposals.find(Asked("conflicts", "free")).proposals
    assert {one.belief.evidence for one in edits} == {"posterior"}


def test_an_edit_counts_rows_beyond_the_sample(
    wrong: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at may be a part of the rows; what would be taken back is counted in all."""
    monkeypatch.setattr("labeling.proposals.sample.SAMPLED_ROWS", 16)
    found = wrong.proposals.find(Asked("wrong", "free")).proposals
    lunch = next(one for one in found if one.title == "not where it has “lunch”")
    assert (lunch.new_rows, lunch.rows) == (9, 11)


def test_edits_of_the_same_rows_are_one_idea(tmp_path: Path, executor: LocalExecutor) -> None:
    """Every lunch is a cold one: one word of the two is enough."""
    lunches = rows((6, "free money", "spam", "dev"), (9, "free cold lunch", "ham", "dev"))
    with opened(create(tmp_path / "p", lunches), executor) as project:
        project.save_function(keyword("free", ("free",), "spam"))
        project.refresh()
        found = project.proposals.find(Asked("wrong", "free")).proposals
    assert len([one for one in found if one.replaces]) == 1


def test_what_is_found_is_announced_and_kept(project: Project) -> None:
    """The first question is answered at once; the answer comes with a later snapshot."""
    version = project.snapshot().version
    assert project.proposals.proposals(Asked("uncovered")) == Found(pending=True)
    done = threading.Event()
    for _ in range(600):
        if project.snapshot().version > version:
            break
        done.wait(0.05)
    found = project.proposals.proposals(Asked("uncovered"))
    assert not found.pending
    assert found.proposals == project.proposals.find(Asked("uncovered")).proposals


def test_changed_votes_are_looked_at_anew(project: Project) -> None:
    """Until then the older suggestions stay in sight, marked as such."""
    before = project.proposals.find(Asked("uncovered"))
    project.save_function(before.proposals[0].function)
    project.refresh()
    found = project.proposals.proposals(Asked("uncovered"))
    assert (found.proposals, found.pending) == (before.proposals, True)


def test_nearly_the_same_rows_are_found(project: Project) -> None:
    """The same words are alike, in any case; another topic is not."""
    found = project.proposals.near(0).row_ids
    assert sorted(found) == list(range(8))


def test_one_pass_finds_what_pairs_of_sets_find(tmp_path: Path) -> None:
    """Every row with a resemblance of 0.6 is found, none below, also among accents and gaps."""
    import pyarrow as pa

    rng = np.random.default_rng(5)
    words = ["grüße", "money", "", "tune", "x", "CHECK", "ok okay"]
    texts = [" ".join(rng.choice(words, int(rng.integers(0, 7)))) for _ in range(400)]
    table = pa.table({"row_id": range(400), "text": [*texts[:-1], None]})
    path = tmp_path / "rows.arrow"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)

    def shingles(text: str) -> set[bytes]:
        data = text.lower().encode()
        return {data[i : i + 5] for i in range(len(data) - 4)}

    texts[-1] = ""
    asked = next(i for i, text in enumerate(texts) if len(text) > 20)
    lowered = [text.encode().lower().decode() for text in texts]
    own = shingles(lowered[asked])
    expected = {i for i in range(400) if resemblance(own, shingles(lowered[i])) >= 0.6}
    found = set(near_rows(path, "text", asked).tolist())
    assert found <= expected
    missed = expected - found
    assert len(missed) <= len(expected) // 20, [texts[i] for i in missed]
