"""`.ci/system-packages`: silent when all is there; one clear sentence and exit 3 when it cannot install."""

from __future__ import annotations

import shutil
import subprocess

from tests.build.trees import ROOT


def ask(folder, *programs, there=()):
    """Runs the script where only `id` and the programs in `there` can be found."""
    (folder / "id").symlink_to(shutil.which("id"))
    for program in there:
        (folder / program).symlink_to(shutil.which("true"))
    command = [shutil.which("sh"), str(ROOT / ".ci" / "system-packages"), *programs]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_it_says_nothing_when_all_is_there(tmp_path):
    done = ask(tmp_path, "bwrap", "chromium", there=["bwrap", "google-chrome"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_names_what_is_missing_and_the_command(tmp_path):
    done = ask(tmp_path, "bwrap", "chromium", there=["chromium"])
    assert done.returncode == 3
    assert done.stderr.startswith("Missing on this machine: bubblewrap.")
    assert "apt-get install bubblewrap" in done.stderr
    assert len(done.stderr.splitlines()) == 1
