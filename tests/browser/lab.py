"""A JupyterLab of one's own for the browser tests: copies of the lessons, no outside settings, a free port.

Used by conftest and the tests beside it. Everything lies in a temporary folder and ends with the `with` block.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
STARTS_WITHIN = 60.0  # seconds; a cold JupyterLab on a busy two-core machine needs about 10
RUNS_WITHIN = 300.0  # seconds for all cells of a lesson; about 5 are usual without its experiments, 60 with them

# What Chromium asks the network for by itself, switched off; software rendering only.
CHROMIUM = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Every cell stays in the page, so that it can be looked at without scrolling to it.
_ALL = {"windowingMode": "none"}
_QUIET = {"fetchNews": "false", "checkForUpdates": False}


@dataclass(frozen=True)
class Lab:
    """A running server: its address and the folder it serves."""

    address: str
    root: Path


def copy_lessons(folder: Path) -> Path:
    """What a student receives, in a folder of its own."""
    ignored = shutil.ignore_patterns("my_transformer", "__pycache__", ".ipynb_checkpoints")
    return Path(shutil.copytree(LESSONS, folder / "lessons", ignore=ignored))


@contextmanager
def lab(folder: Path) -> Iterator[Lab]:
    """Serves `folder`/root, with everything else that the server needs beside it."""
    root, home = folder / "root", folder / "home"
    root.mkdir()
    _write_settings(home / "settings", {"apputils-extension/notification": _QUIET, "notebook-extension/tracker": _ALL})
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {"HOME": home, "JUPYTERLAB_SETTINGS_DIR": home / "settings", "JUPYTERLAB_WORKSPACES_DIR": home / "spaces"}
    places |= {"JUPYTER_CONFIG_DIR": home / "config", "JUPYTER_DATA_DIR": home / "data", "IPYTHONDIR": home / "ipython"}
    # without PYTHONPATH: a learner has none either
    inherited = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "COACH_HOME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={root}"]
    log = folder / "lab.log"
    environment = inherited | {key: str(value) for key, value in places.items()}
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, server, log)
        yield Lab(address, root)
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _write_settings(folder: Path, plugins: dict[str, dict]) -> None:
    for plugin, values in plugins.items():
        path = folder / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab does not answer:\n{log.read_text()[-2000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a screen."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if (path := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("The browser tests need Chromium: sudo apt-get install chromium")
    # Chromium refuses its own sandbox to root, as in a container; the page is our own
    options = [*CHROMIUM, "--no-sandbox"] if os.geteuid() == 0 else CHROMIUM
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


def run_all(page: Page, lab: Lab, notebook: Path, until: str = "the end") -> None:
    """Opens a notebook, runs every cell from the menu, and waits for the last cell, or `until` the first "error"."""
    page.goto(f"{lab.address}/lab/tree/{notebook.relative_to(lab.root).as_posix()}?reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=1000 * STARTS_WITHIN)
    page.get_by_text("| Idle").first.wait_for(timeout=1000 * STARTS_WITHIN)  # the kernel, in the status bar
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(_DONE if until == "the end" else _FAILED, timeout=1000 * RUNS_WITHIN)


def choose_theme(page: Page, name: str) -> None:
    """Takes "Light" or "Dark" from the menu of an open notebook."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.click()  # opens the menu beside it
    page.locator(".lm-Menu-item", has_text=f"JupyterLab {name}").first.click()
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(name == 'Light').lower()}'")


# An asterisk stands in the prompt of a cell that waits or runs, a number once it has run.
_DONE = """() => {
  const prompts = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')].map(e => e.textContent);
  return prompts.length > 0 && !prompts.some(t => t.includes('*')) && /\\d/.test(prompts[prompts.length - 1]);
}"""
_FAILED = """() => document.querySelector('.jp-Notebook [data-mime-type="application/vnd.jupyter.stderr"]') !== null
  && document.querySelector('.coach-fail') !== null"""
