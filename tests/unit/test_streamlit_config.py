"""The server's settings: offline, fast, one light look. Read through Streamlit itself."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner import script_runner

from views.file_check import MAX_MEGABYTES

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".streamlit" / "config.toml"

READ_OPTIONS = """
import json, sys
from streamlit import config
config.get_config_options(force_reparse=True)
print(json.dumps({name: config.get_option(name) for name in sys.argv[1:]}))
"""

EXPECTED = {
    "server.headless": True,
    "server.address": "127.0.0.1",
    "server.enableStaticServing": True,
    "server.maxUploadSize": MAX_MEGABYTES,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "viewer",
    "client.showErrorLinks": False,
    "client.showErrorDetails": "none",
    "server.fileWatcherType": "none",
    "runner.postScriptGC": False,
    "global.maxCachedMessageAge": 50,
    "theme.base": "light",
    "theme.primaryColor": "#0b4f8a",
}


@pytest.fixture(scope="module")
def settings() -> dict:
    return tomllib.loads(CONFIG.read_text(encoding="utf-8"))


def leaves(table: dict, prefix: str = "") -> dict[str, object]:
    """{"server": {"port": 1}} -> {"server.port": 1}."""
    flat = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat.update(leaves(value, f"{prefix}{name}."))
        else:
            flat[prefix + name] = value
    return flat


def test_streamlit_takes_the_settings_over(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", READ_OPTIONS, *EXPECTED],
        cwd=ROOT,
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == EXPECTED
    assert "not a valid config option" not in done.stderr


def test_streamlit_knows_every_setting(settings):
    from streamlit import config

    known = set(config.get_config_options())
    assert set(leaves(settings)) - known == set()


def test_streamlit_still_asks_the_hidden_option_before_collecting_garbage():
    source = inspect.getsource(script_runner)
    assert 'if config.get_option("runner.postScriptGC")' in source


def test_streamlit_still_tells_the_browser_how_long_to_keep_messages():
    assert 'config.get_option("global.maxCachedMessageAge")' in inspect.getsource(app_session)


def test_no_setting_points_to_another_machine(settings):
    texts = [str(value) for value in leaves(settings).values()]
    assert not [text for text in texts if "://" in text or "//" in text]


def test_the_look_is_light_and_cannot_be_switched(settings):
    assert not {"light", "dark"} & set(settings["theme"])


def test_sequential_palette_has_the_ten_colours_streamlit_asks_for(settings):
    assert len(settings["theme"]["chartSequentialColors"]) == 10


def relative_luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of '#rrggbb'."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    light, dark = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blend(front: str, back: str, opacity: float) -> str:
    """`front` drawn with this opacity over `back`."""
    mixed = (round(int(front[i : i + 2], 16) * opacity + int(back[i : i + 2], 16) * (1 - opacity)) for i in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_links_and_captions_reach_the_contrast_of_wcag(settings, ground):
    theme = settings["theme"]
    back = theme[ground]
    assert contrast(theme["textColor"], back) >= 7
    assert contrast(theme["linkColor"], back) >= 4.5
    # Streamlit draws captions with 60 % of the text colour
    assert contrast(blend(theme["textColor"], back, 0.6), back) >= 4.5
    # white words on a primary button
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5


def test_no_origin_makes_streamlit_look_up_its_external_address(monkeypatch):
    """Streamlit asks another host for its own address when a websocket comes from a foreign origin."""
    from streamlit import net_util
    from streamlit.web.server import server_util

    from ui.frame.shell import never_look_up_address

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("Streamlit asked another host")

    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", refuse)
    with pytest.raises(AssertionError, match="another host"):
        server_util.is_url_from_allowed_origins("https://elsewhere.example")
    never_look_up_address()
    assert not server_util.is_url_from_allowed_origins("https://elsewhere.example")
