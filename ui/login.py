"""The optional login: who may see pages, and what asks for it.

With CLUSTERS_LOGIN=required every reader logs in at an OpenID Connect provider of the operator, by Streamlit's
`st.login` and its file of secrets (docs/deployment.md#login). Nothing of the account is kept, shown or logged.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import quote, unquote

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.product import NAME
from settings import load_settings
from ui import screen

_RETURN_COOKIE = "clusters_return"
_RETURN_SECONDS = 600
_MAX_RETURN_CHARS = 3_000  # browsers drop longer cookies
_CALLBACK = "/oauth2callback"
_CLOSED = ("/api", "/sitemap.xml")


def may_see_pages() -> bool:
    """Whether the reader may see pages; if not, the page that asks for the login has been drawn."""
    if not load_settings().needs_login:
        return True
    account = st.user.to_dict()
    if account.get("is_logged_in"):
        return True
    screen.title("Log in", anchor=False)
    if "is_logged_in" not in account:
        screen.error("A login is required and none is set up. The operator of this dashboard can set it up.")
    elif st.context.is_embedded:
        screen.markdown("Cards are shown in the dashboard alone, to readers who have logged in.")
    else:
        screen.markdown(f"The {NAME} is shown to readers who have logged in.")
        screen.button("Log in", on_click=st.login, type="primary", key="log_in")
    return False


def log_out_button() -> None:
    """A button to log out, where a login is required."""
    if load_settings().needs_login:
        screen.button("Log out", on_click=st.logout, type="tertiary", key="log_out")


class LoginAddresses:
    """ASGI middleware where a login is required: closes what knows no login, and leads back to the page asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http" or not load_settings().needs_login:
            await self._app(scope, receive, send)
        elif any(scope["path"] == one or scope["path"].startswith(f"{one}/") for one in _CLOSED):
            answer = JSONResponse({"error": "This dashboard needs a login, which this address cannot ask for."}, 401)
            await answer(scope, receive, send)
        elif scope["path"].endswith(_CALLBACK):
            await self._app(scope, receive, _Sender(send, _returned(scope), {302: "location"}))
        else:
            await self._app(scope, receive, _Sender(send, _kept(scope), {200: "set-cookie"}))


class _Sender:
    """Adds one header to an answer of a status; to one of 200 only where it is a page."""

    def __init__(self, send: Send, value: str, header_of: dict[int, str]) -> None:
        self._send, self._value, self._header_of = send, value, header_of

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._value:
            header = self._header_of.get(message["status"])
            headers = MutableHeaders(scope=message)
            if header == "location":
                headers["location"] = self._value
                headers.append("set-cookie", f"{_RETURN_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
            elif header and headers.get("content-type", "").startswith("text/html"):
                headers.append("set-cookie", self._value)
        await self._send(message)


def _kept(scope: Scope) -> str:
    """The cookie that holds the address of a page, "" where it is too long for one."""
    query = scope.get("query_string", b"").decode("latin-1")
    address = quote(f"{scope['path']}{f'?{query}' if query else ''}", safe="/")
    if len(address) > _MAX_RETURN_CHARS:
        return ""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{_RETURN_COOKIE}={address}; Path=/; Max-Age={_RETURN_SECONDS}; HttpOnly; SameSite=Lax{secure}"


def _returned(scope: Scope) -> str:
    """The address that the cookie holds, of this server alone; "" for none."""
    cookie = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(_RETURN_COOKIE)
    address = unquote(cookie.value) if cookie else ""
    path, mark, query = address.partition("?")
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and address.isprintable()
    return f"{quote(path)}{mark}{query}" if is_ours else ""
