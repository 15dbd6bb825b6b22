"""Headings of lesson 2 that mistakes and exercises send the learner to; a test finds each in the master."""

SPLIT = "Split and merge"
HEADS = "Multi-head attention"
COST = "What it costs"
