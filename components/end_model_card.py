"""The end model on the Dashboard: choose a classifier, train it, and see how it does."""

import pandas as pd
import streamlit as st

from components.attempts import attempt, show_refused
from components.learned_function import use_as_function
from labeling.end_classifiers import END_MODELS
from labeling.end_labels import DEFAULT_END_MODEL, EndLabels, EndModelChoice, EndModelState
from labeling.end_model_table import compared_table, gain_text, learned_text
from labeling.project import Project
from labeling.snapshot import Snapshot
from labeling.text_features import FEATURES


def end_model_card(project: Project, snapshot: Snapshot) -> None:
    """Draw the card; the surrounding fragment reruns when a step of the training begins."""
    with st.container(border=True, key="end-model-card"):
        st.subheader("End model", anchor=False)
        st.caption(
            "A text classifier that learns from the label model's soft labels and labels every "
            "row, uncovered ones too."
        )
        state = snapshot.end_model
        choice = _choice(state)
        if not project.may("tune"):
            st.text("Only authors and admins train it.")
        elif state.step is None:
            _train_button(project, snapshot, choice.seed)
        else:
            _progress(project, state)
        if state.problem is not None:
            st.text(f"✗ {state.problem}")
        if state.labels is not None:
            outdated = project.end_model.is_outdated()
            _outcome(state.labels, outdated=outdated)
            if project.may("write functions"):
                use_as_function(project, ready=state.step is None and not outdated)


def _choice(state: EndModelState) -> EndModelChoice:
    """Draw what can be chosen, the last training's choice at first."""
    last = state.labels.choice if state.labels is not None else EndModelChoice()
    names = list(dict.fromkeys([*END_MODELS, last.classifier]))
    with st.container(horizontal=True):
        classifier = st.selectbox(
            "Classifier",
            names,
            index=names.index(last.classifier),
            accept_new_options=True,
            key="end-model-classifier",
            disabled=state.step is not None,
            help="Or type the name of a classifier of scikit-learn, such as "
            "sklearn.ensemble.ExtraTreesClassifier.",
        )
        features = st.selectbox(
            "Texts as",
            list(FEATURES),
            index=list(FEATURES).index(last.features),
            format_func=lambda name: {"tfidf": "words"}.get(name, name),
            key="end-model-features",
            width=140,
            disabled=state.step is not None,
            help="words: words and pairs of words (TF-IDF). embeddings: a small language model, an "
            "extra that is installed with requirements-embeddings.txt.",
        )
    return EndModelChoice(classifier or DEFAULT_END_MODEL, features, last.seed)


def _train_button(project: Project, snapshot: Snapshot, seed: int) -> None:
    ready = snapshot.model is not None
    st.button(
        "Train",
        key="end-model-train",
        type="primary",
        disabled=not ready,
        help=None if ready else "There are no soft labels to learn from yet.",
        on_click=attempt,
        args=("end-model", _train, project, seed),
    )
    show_refused("end-model")


def _train(project: Project, seed: int) -> None:
    """Train what is chosen by now, which may be newer than what the page was drawn with."""
    classifier = st.session_state["end-model-classifier"] or DEFAULT_END_MODEL
    project.end_model.train(
        EndModelChoice(str(classifier), str(st.session_state["end-model-features"]), seed)
    )


def _progress(project: Project, state: EndModelState) -> None:
    if state.step is None:
        return
    says = "Stopping …" if state.stopping else f"{state.step.says} …"
    st.progress(state.step.done / state.step.total)
    st.text(f"Step {state.step.done + 1} of {state.step.total}: {says}")
    st.button(
        "Stop",
        key="end-model-stop",
        disabled=state.stopping,
        on_click=attempt,
        args=("end-model", project.end_model.cancel),
    )


def _outcome(labels: EndLabels, *, outdated: bool) -> None:
    if outdated:
        st.text("! Trained on an earlier version of votes or gold: train again.")
    table = compared_table(labels)
    if table is not None:
        st.dataframe(
            pd.DataFrame(table.lines, columns=["dev gold right", *table.header]),
            hide_index=True,
            column_config={
                "dev gold right": st.column_config.TextColumn(width=100),
                table.header[0]: st.column_config.TextColumn(width=125, alignment="right"),
                table.header[1]: st.column_config.TextColumn(width=125, alignment="right"),
            },
            alt="End model, label model and majority vote on dev gold",
        )
        st.caption(
            "A row without a label counts as wrong. Each row is judged by fits that have not seen "
            "its gold; 95 % intervals."
        )
    st.text(gain_text(labels))
    st.text(learned_text(labels))
