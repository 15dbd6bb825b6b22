"""Exercises of lesson 1, one file each."""

from autograder.exercises.attention.attend import SCALED_DOT_PRODUCT_ATTENTION
from autograder.exercises.attention.causal import CAUSAL_MASK
from autograder.exercises.attention.padding import PADDING_MASK
from autograder.exercises.attention.scores import ATTENTION_SCORES
from autograder.exercises.attention.softmax import STABLE_SOFTMAX

EXERCISES = (STABLE_SOFTMAX, ATTENTION_SCORES, PADDING_MASK, CAUSAL_MASK, SCALED_DOT_PRODUCT_ATTENTION)
