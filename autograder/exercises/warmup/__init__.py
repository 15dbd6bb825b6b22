"""Exercises of lesson 0, one file each."""

from autograder.exercises.warmup.mean import MASKED_MEAN
from autograder.exercises.warmup.pairwise import PAIRWISE

EXERCISES = (PAIRWISE, MASKED_MEAN)
