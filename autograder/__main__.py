"""`python -m autograder`, for a machine where the command is not on the PATH."""

from autograder.cli import main

main()
