"""The reference package: one module per lesson, exported from the masters by `autograder build`."""
