"""An uploader that streams a file of any size to the server's disk, with progress."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.assets import component, declared

_mount = component("uploader")


@dataclass(frozen=True)
class Upload:
    """A file that arrived whole. `file_name` is for display only; `upload_id` finds the file."""

    upload_id: str
    file_name: str
    size: int


def upload_file(
    label: str,
    *,
    key: str,
    types: Sequence[str] = (),
    max_bytes: int = 5 * 1024**3,
    hint: str = "",
) -> Upload | None:
    """Draw the uploader and return the file that was uploaded, or None before that.

    `web.uploads.Uploads.path` turns the upload_id into a path. A new `key` starts afresh.

    Args:
        label: what to upload, such as "Data file".
        key: names this uploader on the page.
        types: file name endings that the file picker offers, such as ".csv".
        max_bytes: larger files are refused before they are sent; the server checks, too.
        hint: one more line of advice.
    """
    result = _mount(
        key=key,
        data={"label": label, "types": list(types), "max_bytes": max_bytes, "hint": hint},
        on_upload_change=declared,
    )
    sent = result.get("upload")
    if not isinstance(sent, dict):
        return None
    return Upload(str(sent["upload_id"]), str(sent["file_name"]), int(sent["size"]))
