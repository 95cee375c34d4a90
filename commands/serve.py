"""`cli.py serve`: open the browser app, where nothing speaks against it."""

import os
import socket
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import say
from labeling.errors import AccountError, ProjectError
from labeling.execution.isolation import isolation_settings
from labeling.execution.local import LocalExecutor
from labeling.workspace import projects_folder
from storage.accounts import accounts_file, has_accounts

ROOT = Path(__file__).resolve().parent.parent


def serve(
    project: Annotated[
        Path | None,
        typer.Argument(metavar="[PROJECT]", help="One project; all in ./projects without it."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on this machine.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Where to listen; others than this machine need accounts.")
    ] = "127.0.0.1",
) -> None:
    """Open the browser app."""
    environment = dict(os.environ)
    _refuse_open_doors(project, address)
    _refuse_open_workers()
    if project is not None:
        if not (project / "project.duckdb").is_file():
            raise ProjectError(
                "There is no project.", where=str(project), remedy="Create it with: cli.py init"
            )
        environment["LABELWRIGHT_PROJECT"] = str(project.resolve())
    _refuse_taken_port(address, port)
    host = "localhost" if _is_loopback(address) else address
    say(f"Labelwright is at http://{host}:{port} (Ctrl-C ends it).")
    os.chdir(ROOT)
    command = ["-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]
    command.append(f"--server.address={address}")
    os.execve(sys.executable, [sys.executable, *command], environment)  # noqa: S606 - no shell


def _refuse_open_doors(project: Path | None, address: str) -> None:
    """Raise AccountError where others could reach a server that asks nobody to sign in."""
    if _is_loopback(address):
        return
    file = accounts_file(projects_folder() if project is None else project.resolve().parent)
    if not (file.exists() and has_accounts(file)):
        raise AccountError(
            f"At {address} others could reach this server, and it has no accounts.",
            remedy="Add an admin first: cli.py users add NAME --role admin",
        )


def _is_loopback(address: str) -> bool:
    """Tell whether only this machine reaches an address.

    Raises:
        AccountError: it is no address.
    """
    try:
        return address == "localhost" or ip_address(address).is_loopback
    except ValueError:
        raise AccountError(
            f"{address!r} is no address to listen at.",
            remedy="Give digits, such as 127.0.0.1, 192.0.2.7 or 0.0.0.0 for all.",
        ) from None


def _refuse_open_workers() -> None:
    """Raise WorkerError here and now where a layer that the settings require is missing."""
    settings = isolation_settings(os.environ)
    if settings.require:
        with LocalExecutor(workers=1, isolation=settings) as executor:
            executor.isolation()


def _refuse_taken_port(address: str, port: int) -> None:
    """Raise ProjectError where the browser app could not listen on this port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise ProjectError(
                f"Port {port} cannot be used ({error.strerror}).",
                remedy="End the program that has it, or choose another port with --port.",
            ) from error
