"""One Chromium and one JupyterLab for all browser tests of a worker."""

import pytest

from tests.browser.lab import chromium, lab


@pytest.fixture(scope="session")
def browser():
    with chromium() as program:
        yield program


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    with lab(tmp_path_factory.mktemp("jupyter")) as running:
        yield running
