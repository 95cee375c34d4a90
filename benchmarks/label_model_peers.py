"""The field: label models of other projects, run in an environment that is theirs alone."""

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.label_model_jobs import ROOT, Answer, job_text, read_answer, run_jobs, write_job
from benchmarks.label_model_trials import Setting, Trial
from labeling.errors import WorkerError

PEERS_FOLDER = ROOT / ".venv-peers"
_VERSION = "from importlib.metadata import version; import {module}; print(version('{package}'))"


@dataclass(frozen=True)
class Package:
    """What is installed of another project, and the module here that calls it."""

    name: str
    imported: str
    caller: str


SNORKEL = Package("snorkel", "snorkel", "benchmarks.peers.snorkel_model")
CROWD_KIT = Package("crowd-kit", "crowdkit", "benchmarks.peers.crowdkit_models")


@dataclass(frozen=True)
class Peer:
    """A label model of another project, and what it can be told besides the votes."""

    package: Package
    method: str = ""
    takes_balance: bool = False
    takes_gold: bool = False
    random: bool = False

    def supports(self, setting: Setting) -> bool:
        """Tell whether it can use all that is known in a setting."""
        return (self.takes_balance or not setting.balance) and (
            self.takes_gold or not setting.gold_rows
        )


PEERS = {
    "Snorkel LabelModel": Peer(SNORKEL, takes_balance=True, random=True),
    "crowd-kit majority": Peer(CROWD_KIT, "majority"),
    "crowd-kit Wawa": Peer(CROWD_KIT, "wawa"),
    "crowd-kit zero-based skill": Peer(CROWD_KIT, "zero-based-skill"),
    "crowd-kit Dawid-Skene": Peer(CROWD_KIT, "dawid-skene", takes_gold=True),
    "crowd-kit one-coin": Peer(CROWD_KIT, "one-coin"),
    "crowd-kit GLAD": Peer(CROWD_KIT, "glad"),
    "crowd-kit MACE": Peer(CROWD_KIT, "mace", random=True),
}
"""Of crowd-kit all but KOS and MMSR, which give no probabilities, and GoldMajorityVote, which fails
where a function votes on no gold row."""


def peers_python(environment: Path = PEERS_FOLDER) -> Path:
    """Return the Python that runs peers."""
    return environment / "bin" / "python"


def installed_version(package: Package, environment: Path = PEERS_FOLDER) -> str:
    """Return the version in the peers' environment; WorkerError where it cannot be used."""
    python = peers_python(environment)
    if not python.exists():
        raise WorkerError(
            "Its environment is not there.", where=package.name, remedy="Run make bench-models."
        )
    program = _VERSION.format(module=package.imported, package=package.name)
    asked = subprocess.run(
        [str(python), "-c", program], capture_output=True, text=True, check=False
    )
    if asked.returncode != 0:
        raise WorkerError(
            asked.stderr.strip().splitlines()[-1],
            where=package.name,
            remedy="Remove .venv-peers and run make bench-models.",
        )
    return asked.stdout.strip()


def peer_answers(peer: Peer, trials: list[Trial], environment: Path = PEERS_FOLDER) -> list[Answer]:
    """Return what a peer answers; equal trials are answered once and kept beside its packages.

    Raises WorkerError where it fails.
    """
    folders = [environment / "answers" / _key(peer, asked) for asked in trials]
    waiting = []
    for folder, asked in zip(folders, trials, strict=True):
        if not (folder / "measured.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            write_job(folder, peer.method, asked)
            waiting.append(folder)
    if waiting:
        run_jobs(peers_python(environment), peer.package.caller, waiting)
    return [read_answer(folder) for folder in folders]


def _key(peer: Peer, asked: Trial) -> str:
    """Return a name that stands for all that decides an answer."""
    caller = Path(*peer.package.caller.split(".")).with_suffix(".py")
    peers = Path("benchmarks", "peers")
    key = hashlib.sha256(job_text(peer.method, asked).encode())
    for file in (peers / "requirements.txt", peers / "jobs.py", caller):
        key.update((ROOT / file).read_bytes())
    key.update(repr(asked.votes.shape).encode() + asked.votes.tobytes())
    if asked.known is not None:
        key.update(asked.known.tobytes())
    return key.hexdigest()
