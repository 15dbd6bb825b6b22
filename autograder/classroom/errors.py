"""Faults of a classroom: one class, so that the command line needs one `except`. Each text is one sentence."""

from __future__ import annotations


class ClassroomError(RuntimeError):
    """The classroom is not as it has to be; the text says what to do."""


class ClassroomBusy(ClassroomError):
    """Another run is writing into the classroom."""


class BookingError(ClassroomError):
    """nbgrader refused; the text says what it said. The verdicts are safe, and booking can be tried again."""


class SampleError(ClassroomError):
    """The folder is not one that a sample class may be written into."""
