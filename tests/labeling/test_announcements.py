"""Pages are told of the newest version, and not of each."""

import threading

from labeling.announcements import Announcements


def test_what_follows_at_once_is_said_instead_and_never_again() -> None:
    said: list[int] = []
    announcements = Announcements(said.append, None)
    announcements.soon(1)
    announcements.soon(2)
    announcements.now(3)
    announcements.now(2)
    announcements.close()
    assert said == [3]


def test_what_nothing_follows_is_said_all_the_same() -> None:
    heard = threading.Event()
    said: list[int] = []

    def hear(version: int) -> None:
        said.append(version)
        heard.set()

    announcements = Announcements(hear, None)
    announcements.soon(1)
    announcements.soon(2)
    assert heard.wait(10)
    assert said == [2]


def test_a_page_that_cannot_be_told_keeps_nobody_from_hearing_the_next() -> None:
    said: list[int] = []

    def fail_first(version: int) -> None:
        said.append(version)
        if len(said) == 1:
            raise RuntimeError("gone")

    announcements = Announcements(fail_first, None)
    announcements.now(1)
    announcements.now(2)
    assert said == [1, 2]


def test_what_begins_is_said_at_once_and_announced_with_what_follows() -> None:
    announced: list[int] = []
    said: list[int] = []
    announcements = Announcements(announced.append, said.append)
    announcements.soon(1)
    announcements.say(1)
    assert (announced, said) == ([], [1])
    announcements.now(2)
    announcements.close()
    assert (announced, said) == ([2], [1])
