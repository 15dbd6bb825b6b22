"""`autograder doctor`: what is missing is named with the command that mends it, and only what is needed fails."""

from __future__ import annotations

import shutil

import pytest

from autograder import doctor


def lacking(monkeypatch, *programs):
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, *args, **kwargs: None if name in programs else real(name))


def test_every_finding_that_fails_says_what_to_do():
    for finding in doctor.doctor():
        assert finding.ok or finding.mend, finding


def test_a_missing_sandbox_gives_exit_code_3_and_the_command(monkeypatch, capsys):
    lacking(monkeypatch, "bwrap")
    assert doctor.command() == 3
    assert "apt-get install bubblewrap" in capsys.readouterr().out


def test_a_missing_alembic_gives_exit_code_3_and_the_path(monkeypatch, capsys):
    lacking(monkeypatch, "alembic")
    assert doctor.command() == 3
    assert "export PATH=" in capsys.readouterr().out


def test_a_missing_browser_is_told_but_fails_nothing(monkeypatch):
    lacking(monkeypatch, *doctor.BROWSERS)
    finding = next(each for each in doctor.doctor() if each.name == "Chromium")
    assert not finding.ok and not finding.needed and "chromium" in finding.mend


def test_a_sandbox_that_cannot_start_is_found(monkeypatch):
    monkeypatch.setattr(doctor, "_fault_of", lambda command: "bwrap: No permissions to create new namespace")
    finding = next(each for each in doctor.doctor() if each.name == "sandbox")
    assert not finding.ok and finding.needed and "No permissions" in finding.mend


@pytest.mark.parametrize("mark", [True, False])
def test_the_exit_code_follows_what_is_needed(monkeypatch, mark):
    monkeypatch.setattr(doctor, "doctor", lambda: [doctor.Finding("x", False, "no", "mend it", needed=mark)])
    assert doctor.command() == (3 if mark else 0)
