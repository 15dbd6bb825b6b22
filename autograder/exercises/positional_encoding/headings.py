"""Headings of lesson 3 that mistakes and exercises send the learner to; a test finds each in the master."""

TABLE = "A wave for every pair of columns"
ADD = "Adding the table to a sequence"
SHIFT = "Moving along the table is one matrix"
ROTATE = "Turning instead of adding"
