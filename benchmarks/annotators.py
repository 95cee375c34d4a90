"""Many people annotate at once: what is lost or saved twice, how soon a press is saved, overlap.

Usage: PYTHONPATH=. python benchmarks/annotators.py [PEOPLE=50] [LABELS=200] [SECONDS=2.0]
Each annotator is a page on the wire (`benchmarks.websocket_client`) that does what the card does in
a browser: it presses a key every SECONDS on the average, never waits for the server, and sends what
is not acknowledged with each delivery and again after two seconds. Half of the rows are wanted from
three people, and there are as many rows as need PEOPLE x LABELS labels; all work until no row is
left. Ten functions are in the label model, which refits while they work. Prints what the database
holds beside what was pressed, and the times from a press to its acknowledgement.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.sessions import busy_share, listening, prepare
from benchmarks.websocket_client import Session
from labeling.annotation_store import Annotation
from labeling.assignments import Overlap
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from storage import DuckDBOpener
from tests.browser.serving import REPOSITORY, served

OVERLAP = Overlap(annotators=3, share=0.5)
RESEND_SECONDS = 2.0
LOOK_AGAIN_SECONDS = 1.0
WATCHED_SECONDS = 20.0
GOLD_EVERY = 50
"""One row in so many of the project has gold, and is not annotated."""


def main() -> None:
    """Make the project, let all annotate it, and print one table line."""
    asked = [float(argument) for argument in sys.argv[1:]]
    people, labels, seconds = [*asked, *(50.0, 200.0, 2.0)[len(asked) :]]
    mean_wanted = 1 + OVERLAP.share * (OVERLAP.annotators - 1)
    rows = round(people * labels / mean_wanted * GOLD_EVERY / (GOLD_EVERY - 1))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "projects" / "bench"
        folder.parent.mkdir()
        prepare(folder, rows)
        with LocalExecutor() as executor, opened(folder, executor) as project:
            project.assignments.set_overlap(OVERLAP)
        settings = {"LABELWRIGHT_PROJECTS": str(folder.parent)}
        with served(REPOSITORY / "app.py", settings) as url:
            team, busy = asyncio.run(annotate(url, round(people), seconds))
        with LocalExecutor() as executor, opened(folder, executor) as project:
            saved = project.annotations()
            gold = project.refresh().dev_gold[:] >= 0
            imported = gold & ~project.snapshot().annotated
    report(team, saved, OVERLAP.wanted(rows) * ~imported, busy)


def opened(folder: Path, executor: LocalExecutor) -> Project:
    """Open the project."""
    return Project(folder, DuckDBOpener().open(folder), executor)


async def annotate(url: str, people: int, seconds: float) -> tuple[list["Annotator"], float]:
    """Open a page for each, and let all work until no row is left; with the server's load."""
    team = [Annotator(url, f"person {i}", seconds) for i in range(people)]
    for one in team:
        await one.open()
    load = asyncio.create_task(asyncio.to_thread(busy_share, listening(url), WATCHED_SECONDS))
    await asyncio.gather(*(one.work(team) for one in team))
    for one in team:
        await one.session.close()
    return team, await load


@dataclass
class Annotator:
    """One person with an open card."""

    url: str
    name: str
    seconds: float
    pressed: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    waiting: dict[str, dict[str, object]] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    queue: list[int] = field(default_factory=list)
    _name_field: str = ""
    _card: str = ""
    _fragment: str = ""
    _delivered: float = 0.0

    def __post_init__(self) -> None:
        self.session = Session(self.url, "annotate", self._take, hears=False, project="bench")
        self._chance = random.Random(self.name)

    async def open(self) -> None:
        """Open the page and give the name."""
        await self.session.open()
        self.session.put(WidgetState(id=self._name_field, string_value=self.name))
        await self.session.rerun()

    async def work(self, team: list["Annotator"]) -> None:
        """Label card after card until nobody has one left."""
        while any(one.queue or one.waiting for one in team):
            if not self.queue:
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
                await self._deliver()
                continue
            await asyncio.sleep(self.seconds * self._chance.uniform(0.5, 1.5))
            if self.queue:
                await self._press(self.queue.pop(0))

    async def _press(self, row: int) -> None:
        event = {
            "event_id": str(uuid4()),
            "row_id": row,
            "action": "label",
            "code": self._chance.randrange(2),
            "seconds": 1.0,
            "at": datetime.now(UTC).isoformat(),
        }
        self.waiting[str(event["event_id"])] = event
        self.pressed[str(event["event_id"])] = time.perf_counter()
        self.answered.add(row)
        await self._deliver()
        asyncio.get_running_loop().call_later(RESEND_SECONDS, self._resend)

    def _resend(self) -> None:
        if self.waiting and time.perf_counter() - self._delivered >= RESEND_SECONDS:
            self._resending = asyncio.ensure_future(self._deliver())

    async def _deliver(self) -> None:
        self._delivered = time.perf_counter()
        events = json.dumps({"events": list(self.waiting.values())})
        self.session.put(WidgetState(id=self._card, json_value=events))
        await self.session.ask(self._fragment)

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.text_input.label == "Your name":
            self._name_field = element.text_input.id
        mounted = element.bidi_component
        if not mounted.component_name.endswith("card"):
            return
        self._card, self._fragment = mounted.id, message.delta.fragment_id
        shown = json.loads(mounted.json)
        for event in shown["acknowledged"]:
            if self.waiting.pop(event, None):
                self.waits.append(time.perf_counter() - self.pressed[event])
        rows = [card["row_id"] for card in shown["cards"]]
        self.queue = [row for row in rows if row not in self.answered]


def report(
    team: list[Annotator], saved: tuple[Annotation, ...], wanted: np.ndarray, busy: float
) -> None:
    """Print what was pressed, what was saved, and how soon."""
    pressed = {event for one in team for event in one.pressed}
    ids = [str(one.event_id) for one in saved]
    by_pair = Counter((one.row_id, one.annotator) for one in saved)
    given = np.bincount([one.row_id for one in saved], minlength=wanted.size)
    waits = np.array([wait for one in team for wait in one.waits]) * 1000
    lost = len(pressed - set(ids))
    twice = len(ids) - len(set(ids)) + sum(by_pair.values()) - len(by_pair)
    over, under = int((given > wanted).sum()), int((given < wanted).sum())
    print(
        "| people | pressed | lost | saved twice | rows with too many | with too few "
        "| acknowledged, median | p95 | slowest | server |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    print(
        f"| {len(team)} | {len(pressed):,} | {lost} | {twice} | {over} | {under} "
        f"| {np.median(waits):.0f} ms | {np.quantile(waits, 0.95):.0f} ms | {waits.max():.0f} ms "
        f"| {busy:.0%} of a core |"
    )


if __name__ == "__main__":
    main()
