"""Exercises of lesson 2, one file each."""

from autograder.exercises.multi_head.heads import MULTI_HEAD_ATTENTION
from autograder.exercises.multi_head.merge import MERGE_HEADS
from autograder.exercises.multi_head.multiplications import COUNT_MULTIPLICATIONS
from autograder.exercises.multi_head.parameters import COUNT_PARAMETERS
from autograder.exercises.multi_head.split import SPLIT_HEADS

EXERCISES = (SPLIT_HEADS, MERGE_HEADS, MULTI_HEAD_ATTENTION, COUNT_PARAMETERS, COUNT_MULTIPLICATIONS)
