"""Headings of lesson 5 that mistakes and exercises send the learner to; a test finds each in the master."""

SHIFT = "Every letter is a question"
LAYER = "A layer that reads twice"
STACK = "The stack"
CHOOSE = "Choose the next letter"
CACHE = "Do not compute twice"
