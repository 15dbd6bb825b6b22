"""One Chromium for all browser tests of a worker."""

import pytest

from tests.browser.lab import chromium


@pytest.fixture(scope="session")
def browser():
    with chromium() as program:
        yield program
