"""Makes the sample project's data: `python sample_data/generate.py` writes it again, byte for byte.

A larger file for measurements: `python sample_data/generate.py --rows 1000000 --to FOLDER`. It is
made of blocks of 2,000 messages like the sample; only within a block is every text different.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count, islice
from pathlib import Path

from chance import Chance
from compose import CLASSES, HERE, Composer, Message, handwritten_rows

SEED = 2026
BLOCK_ROWS = 2_000
DEV_ROWS, TEST_ROWS = 250, 150
SHORTEST, LONGEST = 3, 60
COLUMNS = ["id", "channel", "product", "order_value", "created", "text", "category", "split"]


def block(seed: int) -> list[Message]:
    """Return 2,000 messages by date, the handwritten ones among them."""
    chance = Chance(seed)
    composer = Composer(chance)
    messages = [composer.handwritten(*row) for row in handwritten_rows()]
    seen = {_letters(message.text) for message in messages}
    for category, share in CLASSES.items():
        wanted = round(share * BLOCK_ROWS) - sum(m.category == category for m in messages)
        messages.extend(islice(_new_messages(composer, category, seen), wanted))
    return sorted(chance.shuffled(messages), key=lambda message: message.created)


def _new_messages(composer: Composer, category: str, seen: set[str]) -> Iterator[Message]:
    """Yield messages of a class that are neither too short, too long nor seen before."""
    while True:
        message = composer.compose(category)
        letters = _letters(message.text)
        if SHORTEST <= len(message.text.split()) <= LONGEST and letters not in seen:
            seen.add(letters)
            yield message


def _letters(text: str) -> str:
    """Return only the letters: texts that differ in digits or punctuation count as one."""
    return re.sub(r"[^a-z]", "", text.lower())


def splits(seed: int) -> list[str]:
    """Return the split of each row of a block: dev and test rows have gold, the others none."""
    marks = ["dev"] * DEV_ROWS + ["test"] * TEST_ROWS
    return Chance(-seed).shuffled(marks + [""] * (BLOCK_ROWS - len(marks)))


def records() -> Iterator[tuple[Message, str]]:
    """Yield messages with their splits, block after block, without end."""
    for number in count():
        yield from zip(block(SEED + number), splits(SEED + number), strict=True)


def write(folder: Path, rows: int) -> None:
    """Write support_messages.csv and truth.csv into the folder."""
    with ExitStack() as files:
        opened = [
            files.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            for name in ("support_messages.csv", "truth.csv")
        ]
        messages, truth = (csv.writer(file, lineterminator="\n") for file in opened)
        messages.writerow(COLUMNS)
        truth.writerow(["id", "category"])
        for number, (message, split) in enumerate(islice(records(), rows), start=1):
            key = f"M{number:04d}"
            gold = message.category if split else ""
            values = [message.channel, message.product, message.order_value, message.created]
            messages.writerow([key, *values, message.text, gold, split])
            truth.writerow([key, message.category])


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sample project's data again.")
    parser.add_argument("--rows", type=int, default=BLOCK_ROWS, help="how many (default 2000)")
    parser.add_argument("--to", type=Path, default=HERE, help="the folder to write into")
    wanted = parser.parse_args()
    if wanted.rows < 1:
        parser.error(f"--rows {wanted.rows}: ask for at least 1 row")
    if wanted.rows != BLOCK_ROWS and wanted.to.resolve() == HERE:
        parser.error("another number of rows would replace the sample; name a folder with --to")
    wanted.to.mkdir(parents=True, exist_ok=True)
    write(wanted.to, wanted.rows)
    print(f"{wanted.rows:,} messages in {wanted.to / 'support_messages.csv'}", file=sys.stderr)


if __name__ == "__main__":
    main()
