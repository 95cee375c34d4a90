"""The batches of `cli.py assign`: given to people who may annotate, and told of."""

from commands.shared import say
from labeling.batches import BatchProgress
from labeling.counted import counted
from labeling.people.accounts import Accounts
from labeling.project import Project
from storage.accounts import SQLiteAccounts, accounts_file


def give_batch(project: Project, name: str, rows: int, sampler: str, author: str) -> None:
    """Give somebody a batch; where there are accounts, it has to be one that may annotate.

    Functions that did not run yet are run: some samplers choose by their votes.

    Raises:
        AccountError: there is no such account.
        ProjectError: no row is left, or no such sampler.
    """
    name = _account(project, name)
    project.refresh()
    batch = project.queues.give_batch(name, rows, sampler, author=author)
    say(f"{batch.annotator} has batch {batch.number} of {counted(len(batch.rows), 'row')}.")


def batch_line(one: BatchProgress) -> str:
    """Return a batch as one line."""
    return (
        f"batch {one.batch.number}\t{one.batch.annotator}\t{counted(len(one.batch.rows), 'row')}"
        f"\t{one.done:,} done\t{one.left:,} left"
    )


def batch_record(one: BatchProgress) -> dict[str, object]:
    """Return a batch as JSON has it."""
    return {
        "number": one.batch.number,
        "annotator": one.batch.annotator,
        "rows": len(one.batch.rows),
        "done": one.done,
        "left": one.left,
        "sampler": one.batch.sampler,
        "author": one.batch.author,
        "at": one.batch.at.isoformat(),
    }


def _account(project: Project, name: str) -> str:
    file = accounts_file(project.folder.parent)
    if not file.exists():
        return name
    store = SQLiteAccounts(file)
    try:
        accounts = Accounts(store)
        return accounts.annotator(name, project.folder.name) if accounts.in_use else name
    finally:
        store.close()
