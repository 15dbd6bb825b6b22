"""nbgrader's `collect`, but no link is followed. Named in `settings`.

Everybody may write into the exchange, so what lies there need not come from `nbgrader submit`. nbgrader itself copies
what a link leads to, as the teacher: a neighbour's work, or a solution, would be handed in by who made the link.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from autograder.judge.collect import Unreadable, all_below, read_below

DEEPEST = 20  # what copies folders calls itself for each, and a thousand inside one another would end it


class Collect(ExchangeCollect):
    """Copies ordinary files with no other name on their disk, and says what it has left out."""

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        source, left = Path(src), 1000 * self.coursedir.max_dir_size  # nbgrader counts in kB
        with tempfile.TemporaryDirectory() as folder:
            copies = Path(folder, "work")
            copies.mkdir()
            try:
                for entry in all_below(source):
                    if not entry.is_dir(follow_symlinks=False):
                        left -= self._copy(source, Path(entry.path).relative_to(source), copies)
                    if left < 0:  # nbgrader itself would end here, and collect nobody else's
                        self.log.error("%r was left out: it holds more than max_dir_size", src)
                        return
            except OSError as fault:
                self.log.warning("Part of %r was left out: %s", src, fault)
            super().do_copy(str(copies), dest, log)  # what nbgrader ignores, how large it may be, who may write there

    def _copy(self, source: Path, file: Path, copies: Path) -> int:
        """How many bytes were copied."""
        try:
            most = 1000 * self.coursedir.max_file_size
            content, which = read_below(source.parent, source.name, *file.parts, most=most)
            if len(file.parts) > DEEPEST:
                raise Unreadable(f"it lies more than {DEEPEST} folders deep.")
            if which.names > 1:
                raise Unreadable(f"{file.name} is a hard link.")
        except Unreadable as fault:
            self.log.warning("%r was left out: %s", str(source / file), fault)
            return 0
        (copies / file.parent).mkdir(parents=True, exist_ok=True)
        return (copies / file).write_bytes(content)
