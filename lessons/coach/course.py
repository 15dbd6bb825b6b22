"""The course's table of contents: every other file asks here which lessons there are, and in which order."""

# lesson (folder and notebook name) -> module (name under which its code is carried over)
LESSONS: dict[str, str] = {
    "00_welcome": "warmup",
    "01_attention": "attention",
    "02_multi_head": "multi_head",
    "03_positional_encoding": "positional_encoding",
    "04_encoder": "encoder",
    "05_decoder": "decoder",
    "06_transformer": "transformer",
}


def lesson_of(module: str) -> str:
    """The lesson whose code lives in `module`. Raises KeyError, with the known names, if there is none."""
    for lesson, name in LESSONS.items():
        if name == module:
            return lesson
    raise KeyError(f"no lesson has the module {module!r}; known: {', '.join(LESSONS.values())}")


def earlier_modules(lesson: str) -> list[str]:
    """Modules of the lessons before `lesson`, in order."""
    names = list(LESSONS)
    return [LESSONS[name] for name in names[: names.index(lesson)]]
