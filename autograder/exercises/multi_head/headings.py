"""Headings of lesson 2 that mistakes and exercises send the learner to; a test finds each in the master."""

SPLIT = "Split and merge"
HEADS = "Several heads in one layer"
COST = "What it costs"
