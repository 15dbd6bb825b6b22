"""Headings of lesson 1 that mistakes and exercises send the learner to; a test finds each in the master."""

SOFTMAX = "A softmax that survives"
SCALE = "Scores, and why they are scaled"
MASKS = "Masks: who may look at what"
ATTENTION = "Attention"
