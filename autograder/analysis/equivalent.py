"""What nobody can tell apart, with the reason: read by the kill table and the mutation test.

MISTAKES: (exercise, "one or other") for mistakes that no case separates.
"""

from __future__ import annotations

MISTAKES: dict[tuple[str, str], str] = {}
