"""Our own addresses beside Streamlit's: push, upload and export download; and what guards all."""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from labeling.people.accounts import Accounts
from web.downloads import download_route
from web.gate import Gate
from web.guard import Guard
from web.security_headers import SecurityHeaders
from web.services import services
from web.sign_in import sign_in_routes
from web.static_assets import asset_route


def routes() -> list[BaseRoute]:
    """Return the routes that stand beside Streamlit's."""
    shared = services()
    return [
        shared.publisher.route(),
        shared.uploads.route(),
        asset_route(),
        *sign_in_routes(_accounts),
        # At each request: whoever closed the services meanwhile opens them again.
        download_route(lambda project: services().workspace.open(project).exports.files()),
    ]


def middleware() -> list[Middleware]:
    """Return what every request passes through."""
    return [Middleware(SecurityHeaders), Middleware(Guard), Middleware(Gate, people=_accounts)]


def _accounts() -> Accounts | None:
    return services().people.accounts()
