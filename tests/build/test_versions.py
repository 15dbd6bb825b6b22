"""One file chooses versions: pyproject.toml and environment.yml agree with constraints.txt; nothing is left open."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.build.trees import ROOT

PINS = {
    canonicalize_name(name): version
    for name, _, version in (line.partition("==") for line in (ROOT / "constraints.txt").read_text().splitlines())
    if version and not name.startswith("#")
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DIRECT = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
SETUP_FILES = ("constraints.txt", "environment.yml", "pyproject.toml", "Makefile", ".ci/run", ".ci/system-packages")


def student_requirements():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    return next(part["pip"] for part in environment["dependencies"] if isinstance(part, dict))


def test_every_requirement_of_the_project_is_pinned_and_its_own_pins_agree():
    for requirement in map(Requirement, DIRECT):
        assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)]), requirement


def test_a_students_versions_are_the_pinned_ones():
    for requirement in map(Requirement, student_requirements()):
        assert str(requirement.specifier) == f"=={PINS[canonicalize_name(requirement.name)]}"


def test_everything_below_the_requirements_is_pinned_as_installed():
    """Every dependency of a dependency, as far as this machine has it."""
    todo, seen = [Requirement(text) for text in DIRECT], set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        if (name, frozenset(requirement.extras)) in seen:
            continue
        seen.add((name, frozenset(requirement.extras)))
        try:
            installed = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or Python
        if name in PINS:
            assert PINS[name] == installed.version.partition("+")[0], f"{name} is not installed as pinned"
        else:
            assert name.startswith(("nvidia-", "cuda-", "triton")), f"{name} {installed.version} is not pinned"
        for below in map(Requirement, installed.requires or []):
            extras = requirement.extras or {""}
            if below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in extras):
                todo.append(below)


def test_the_set_up_names_no_registry():
    for name in SETUP_FILES:
        text = (ROOT / name).read_text()
        assert not re.search(r"https?://|--(extra-)?index-url [^$]|--find-links", text), name


def test_students_can_install_from_one_file():
    """environment.yml goes out with lessons/ alone: it refers to no other file."""
    text = (ROOT / "environment.yml").read_text()
    assert not re.search(r"^\s*- +(-r|-c|-e)\b", text, re.MULTILINE)
    for package in ("torch", "jupyterlab", "nbgrader", "matplotlib"):
        assert re.search(rf"- {package}==", text)
