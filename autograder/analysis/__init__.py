"""Tests of the tests: what the hidden cases of an exercise notice, and which mistakes the diagnosis can tell apart."""
