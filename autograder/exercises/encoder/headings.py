"""Headings of lesson 4 that mistakes and exercises send the learner to; a test finds each in the master."""

NORM = "Every vector to the same scale"
FEED_FORWARD = "Each position for itself"
LAYER = "One layer"
STACK = "A stack of layers"
SCORES = "Counting what is right"
