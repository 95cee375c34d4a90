"""A connection whose answers come late, as from a busy server: what is drawn then is old."""

from playwright.sync_api import Page, WebSocketRoute


class LateAnswers:
    """Holds back what the server draws on a page; made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._sockets: list[WebSocketRoute] = []
        self._late: list[str | bytes] = []
        self._held = False
        page.route_web_socket("**/_stcore/stream*", self._through)

    def __len__(self) -> int:
        """Return how many messages wait."""
        return len(self._late)

    def hold(self) -> None:
        """Let nothing through from now on."""
        self._held = True

    def release(self, first: int | None = None) -> None:
        """Let the `first` messages through and hold the others, or all and those that follow."""
        arrived, self._late = self._late[:first], self._late[len(self._late[:first]) :]
        self._held = first is not None
        for said in arrived:
            self._sockets[-1].send(said)

    def _through(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda said: self._late.append(said) if self._held else socket.send(said))
        self._sockets.append(socket)
