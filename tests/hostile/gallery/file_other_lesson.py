# INTENT: The notebook of another lesson.
# TECHNIQUE: 39
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: other_lesson
