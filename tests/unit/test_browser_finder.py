"""Which browser the tests use: decided from a PATH of made-up programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.images.browser import NAMES, find
from tools import browser

WORKS = "#!/bin/sh\necho '<html></html>'\n"
BROKEN = "#!/bin/sh\necho 'please install the other package' >&2\nexit 1\n"
SILENT = "#!/bin/sh\nexit 0\n"


def program(directory: Path, name: str, script: str = WORKS) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / name
    path.write_text(script)
    path.chmod(0o755)
    return path


def apt_that_installs(directory: Path, target: Path) -> None:
    """An apt-get that notes its arguments and puts a working Chromium into `target` on install."""
    program(
        directory,
        "apt-get",
        f"""#!/bin/sh
echo "$@" >> {directory}/calls
for word in "$@"; do
    if [ "$word" = install ]; then
        printf '%s\\n' '#!/bin/sh' 'echo "<html></html>"' > {target}/chromium
        /bin/chmod +x {target}/chromium
    fi
done
""",
    )


@pytest.fixture
def environ(tmp_path) -> dict[str, str]:
    """A machine with an empty PATH and an empty home directory."""
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home")}


@pytest.fixture
def no_download(monkeypatch):
    """Playwright's own download is not available."""
    monkeypatch.setattr(browser.sys, "executable", "/nonexistent/python")


@pytest.mark.parametrize("name", NAMES)
def test_takes_what_is_on_the_path(environ, tmp_path, name):
    path = program(tmp_path / "bin", name)
    assert find(environ) == str(path)


def test_chrome_path_comes_first(environ, tmp_path):
    program(tmp_path / "bin", "chromium")
    chosen = program(tmp_path / "elsewhere", "my-chrome")
    assert find({**environ, "CHROME_PATH": str(chosen)}) == str(chosen)


def test_chrome_path_to_nothing_is_passed_over(environ, tmp_path):
    path = program(tmp_path / "bin", "chromium")
    assert find({**environ, "CHROME_PATH": "/nonexistent"}) == str(path)


@pytest.mark.parametrize("script", [BROKEN, SILENT])
def test_a_shell_that_opens_no_page_does_not_count(environ, tmp_path, script):
    program(tmp_path / "bin", "chromium-browser", script)
    chrome = program(tmp_path / "bin", "google-chrome")
    assert find(environ) == str(chrome)


def test_playwrights_own_is_used_before_anything_is_installed(environ, tmp_path):
    cache = tmp_path / "home/.cache/ms-playwright/chromium-1200/chrome-linux"
    own = program(cache, "chrome")
    assert browser.find_or_install(environ, is_root=True) == str(own)


def test_root_installs_debians_chromium(environ, tmp_path):
    apt_that_installs(tmp_path / "bin", tmp_path / "bin")
    found = browser.find_or_install(environ, is_root=True)
    assert found == str(tmp_path / "bin" / "chromium")
    calls = (tmp_path / "bin" / "calls").read_text().splitlines()
    assert [call.split()[2] for call in calls] == ["update", "install"]


def test_others_do_not_touch_apt(environ, tmp_path, no_download):
    apt_that_installs(tmp_path / "bin", tmp_path / "bin")
    with pytest.raises(browser.BrowserMissingError):
        browser.find_or_install(environ, is_root=False)
    assert not (tmp_path / "bin" / "calls").exists()


def test_playwright_downloads_its_own_when_there_is_no_apt(environ):
    ways = browser.install_commands(environ, is_root=False)
    assert [way[0][1:] for way in ways] == [["-m", "playwright", "install", "chromium"]]


def test_says_what_to_install_when_nothing_works(environ, no_download):
    with pytest.raises(browser.BrowserMissingError, match="apt-get install -y chromium"):
        browser.find_or_install(environ, is_root=True)
