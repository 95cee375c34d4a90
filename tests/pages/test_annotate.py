"""Annotate over eight rows: which cards there are, and what becomes of a press."""

import json

import pytest

from labeling.draws import Draw
from labeling.end_labels import EndModelChoice
from labeling.project import Project
from labeling.sampling import SAMPLERS
from tests.pages.showing import mounted, rerun, shown, texts

PRESS = {
    "event_id": "6f1c2e94-8f4f-4c6b-9b3b-0d4f1b1c0a11",
    "row_id": 6,
    "action": "label",
    "code": 1,
    "seconds": 1.5,
    "at": "2030-01-01T00:00:00.000Z",
}


def test_only_rows_without_an_answer_are_offered(project: Project) -> None:
    """Four rows have dev gold and two belong to the locked test split: g and h are left."""
    card = mounted(shown("annotate"), "card")
    assert sorted(row["row_id"] for row in card["cards"]) == [6, 7]
    assert [entry["name"] for entry in card["classes"]] == ["ham", "spam"]


def test_a_card_tells_neither_gold_nor_split(project: Project) -> None:
    """The annotator sees the row's own columns without the answers."""
    card = mounted(shown("annotate"), "card")
    assert {name for row in card["cards"] for name, _ in row["fields"]} == {"id", "score"}


def test_a_press_is_saved_once_and_acknowledged(project: Project) -> None:
    """The browser repeats an event until it is acknowledged; the project has it once."""
    app = shown("annotate", {"annotation-card": {"events": [PRESS]}})
    card = mounted(app, "card")
    assert card["acknowledged"] == [PRESS["event_id"]]
    assert card["labelled"] == 1
    assert [row["row_id"] for row in card["cards"]] == [7]
    rerun(app)
    (saved,) = project.annotations()
    assert (saved.row_id, saved.code, saved.annotator) == (6, 1, "annotator")


def test_a_row_that_waits_in_one_session_is_in_no_other(project: Project) -> None:
    """Each session has a seed and a queue of its own, which a new name does not change."""
    first = shown("annotate")
    second = shown("annotate", {"who": "ben"})
    assert first.session_state["annotate_seed"] != second.session_state["annotate_seed"]
    assert sorted(row["row_id"] for row in mounted(first, "card")["cards"]) == [6, 7]
    assert mounted(second, "card")["cards"] == []
    first.text_input(key="annotate-name").set_value("ann")
    assert sorted(row["row_id"] for row in mounted(rerun(first), "card")["cards"]) == [6, 7]


def test_a_waiting_card_that_somebody_else_answered_is_dropped(project: Project) -> None:
    """Another session's answer takes the row out of this one's queue."""
    app = shown("annotate")
    shown("annotate", {"annotation-card": {"events": [PRESS]}})
    assert [row["row_id"] for row in mounted(rerun(app), "card")["cards"]] == [7]


def test_the_annotator_is_the_name_that_was_given(project: Project) -> None:
    """Spaces around the name do not make another person."""
    shown("annotate", {"annotation-card": {"events": [PRESS]}, "annotate-name": " ann "})
    assert project.annotations()[0].annotator == "ann"


def test_every_sampler_can_be_chosen_and_gives_its_reason(project: Project) -> None:
    """Only h is in conflict, so only h is offered then, but for the random share."""
    project.queues.set_random_share(0)
    app = shown("annotate")
    assert app.selectbox[0].options == list(SAMPLERS)
    app.selectbox[0].set_value("conflicting")
    card = mounted(rerun(app), "card")
    assert [row["row_id"] for row in card["cards"]] == [7]
    assert card["cards"][0]["reason"] == SAMPLERS["conflicting"].reason


def test_a_row_that_checks_the_annotator_looks_like_any_other(project: Project) -> None:
    """What is sent of it has the same form; saved, it was drawn by no sampler."""
    project.assignments.set_check_share(0.5)
    queues = (mounted(shown("annotate", {"annotate_seed": seed}), "card") for seed in range(20))
    cards = next(
        queue["cards"] for queue in queues if any(card["row_id"] < 4 for card in queue["cards"])
    )
    assert all(card["draw"] for card in cards)
    check = next(card for card in cards if card["row_id"] < 4)
    event = PRESS | {"row_id": check["row_id"], "draw": check["draw"]}
    shown("annotate", {"annotation-card": {"events": [event]}})
    (saved,) = project.annotations()
    assert (saved.row_id, saved.draw) == (check["row_id"], None)


def test_a_label_keeps_how_its_row_was_drawn(project: Project) -> None:
    """Both rows that are left are drawn, so each was certain to be."""
    card = mounted(shown("annotate"), "card")["cards"][0]
    event = PRESS | {"row_id": card["row_id"], "draw": card["draw"]}
    shown("annotate", {"annotation-card": {"events": [event]}})
    (saved,) = project.annotations()
    assert saved.draw == Draw("random", 1.0, 1.0)


@pytest.mark.parametrize("made_up", ["random 1e-300 1.0", "\ud800 0.5 0.5", "no draw at all"])
def test_a_draw_that_the_browser_made_up_is_not_kept(project: Project, made_up: str) -> None:
    """It would make one label outweigh all others; the label counts as one without a draw."""
    shown("annotate", {"annotation-card": {"events": [PRESS | {"draw": made_up}]}})
    (saved,) = project.annotations()
    assert (saved.row_id, saved.code, saved.draw) == (6, 1, None)


def test_the_draw_of_another_row_is_not_kept(project: Project) -> None:
    """A browser cannot use the rarest draw that it was sent for every row."""
    one, other = mounted(shown("annotate"), "card")["cards"]
    event = PRESS | {"row_id": one["row_id"], "draw": other["draw"]}
    shown("annotate", {"annotation-card": {"events": [event]}})
    assert project.annotations()[0].draw is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"row_id": None},
        {"row_id": 6.7},
        {"row_id": "6"},
        {"seconds": "x"},
        {"at": "yesterday"},
        {"event_id": "7"},
        {"action": "decide"},
        {"code": None},
        {"code": True},
    ],
    ids=str,
)
def test_an_answer_that_is_none_is_refused_in_words(
    project: Project, wrong: dict[str, object]
) -> None:
    """The page goes on, says what is wrong, and saves nothing."""
    app = shown("annotate", {"annotation-card": {"events": [PRESS | wrong]}})
    assert "The browser sent an answer that is none" in texts(app)
    assert "Reload the page" in texts(app)
    assert project.annotations() == ()


def test_the_guidelines_stand_beside_the_card(project: Project) -> None:
    """What the Data page saved is what the card shows, as plain text."""
    project.save_guidelines("<b>Spam</b> sells.")
    assert mounted(shown("annotate"), "card")["guidelines"] == "<b>Spam</b> sells."


def test_known_rows_of_each_class_stand_beside_the_card(project: Project) -> None:
    """Dev gold, the shortest text first, and never a row of the test split."""
    examples = mounted(shown("annotate"), "card")["examples"]
    assert [(one["row_id"], one["code"]) for one in examples] == [(1, 0), (2, 0), (0, 1), (3, 1)]
    assert examples[2]["text"] == "free money now"


def test_the_card_says_how_many_rows_may_be_annotated(project: Project) -> None:
    """Of eight rows, four have gold and two are locked away."""
    card = mounted(shown("annotate"), "card")
    assert (card["labelled"], card["total"]) == (0, 2)


def test_votes_come_for_the_row_that_the_card_asked_for(project: Project) -> None:
    """No other row brings any."""
    assert mounted(shown("annotate"), "card")["votes"] is None
    card = mounted(shown("annotate", {"annotation-card": {"asked": 7}}), "card")
    assert card["votes_allowed"]
    assert (card["votes"]["row_id"], card["votes"]["abstain"]) == (7, 1)
    assert [(vote["function"], vote["code"]) for vote in card["votes"]["votes"]] == [
        ("lunch", 0),
        ("free", 1),
    ]


def test_a_project_that_forbids_votes_sends_none(project: Project) -> None:
    """Not even the name of a function reaches the browser, whatever it asks for."""
    project.votes_on_demand.allow(False)
    card = mounted(shown("annotate", {"annotation-card": {"asked": 7}}), "card")
    assert (card["votes"], card["votes_allowed"]) == (None, False)
    assert "lunch" not in json.dumps({**card, "cards": [], "examples": []})


@pytest.mark.parametrize("asked", [8, -1, True, "7", None, [7]])
def test_a_card_that_asks_for_no_row_gets_no_votes(project: Project, asked: object) -> None:
    """The page says where there is no such row."""
    app = shown("annotate", {"annotation-card": {"asked": asked}})
    assert mounted(app, "card")["votes"] is None
    assert ("There is no row" in texts(app)) == (asked in (8, -1))


def test_the_end_model_suggests_where_it_is_chosen(project: Project) -> None:
    """Row g is uncovered: the label model has no suggestion, the end model has one."""
    labels = project.end_model.train_here(EndModelChoice("naive-bayes"), lambda step: None)
    app = shown("annotate")
    before = {card["row_id"]: card for card in mounted(app, "card")["cards"]}
    assert before[6]["suggestion"] is None
    app.selectbox(key="annotate-suggest-from").set_value("end-model")
    after = {card["row_id"]: card for card in mounted(rerun(app), "card")["cards"]}
    assert {row: card["suggestion"] for row, card in after.items()} == {
        6: labels.codes[6], 7: labels.codes[7],
    }  # fmt: skip
    assert after[6]["suggestion_confidence"] == pytest.approx(labels.probabilities[6].max())


def test_suggestions_of_an_outdated_end_model_say_so(project: Project) -> None:
    """They stay of use while somebody annotates, which outdates the end model with every label."""
    project.end_model.train_here(EndModelChoice("naive-bayes"), lambda step: None)
    project.choose_model("majority")
    project.refresh()
    app = shown("annotate", {"annotate-suggest-from": "end-model"})
    assert "Trained on an earlier version" in texts(app)
    assert all(card["suggestion"] is not None for card in mounted(app, "card")["cards"])


def test_without_an_end_model_there_is_nothing_to_choose(project: Project) -> None:
    """The label model suggests."""
    assert [box.label for box in shown("annotate").selectbox] == ["Which rows next"]


def test_a_paused_queue_shows_no_cards_and_saves_what_comes(project: Project) -> None:
    """The card stays, so that presses on their way are acknowledged; then the queue goes on."""
    app = shown("annotate")
    project.assignments.pause("rita")
    app.session_state["annotation-card"] = {"events": [PRESS]}
    card = mounted(rerun(app), "card")
    assert (card["cards"], card["paused"]) == ([], True)
    assert card["acknowledged"] == [PRESS["event_id"]]
    assert [one.row_id for one in project.annotations()] == [6]
    project.assignments.resume("rita")
    again = mounted(rerun(app), "card")
    assert ([row["row_id"] for row in again["cards"]], again["paused"]) == ([7], False)
    assert again["queue"] != card["queue"]


def test_a_batch_comes_before_other_rows(project: Project) -> None:
    """Whoever has the name gets it; another one does not."""
    (row,) = project.queues.give_batch("ann", 1).rows
    ann = mounted(shown("annotate", {"who": "ann"}), "card")["cards"]
    assert ann[0]["row_id"] == row
    ben = mounted(shown("annotate", {"who": "ben"}), "card")["cards"]
    assert row not in [card["row_id"] for card in ben]
