"""Exercises of lesson 6, one file each."""

from autograder.exercises.transformer.beam import BEAM_SEARCH
from autograder.exercises.transformer.embedding import TOKEN_EMBEDDING
from autograder.exercises.transformer.greedy import GREEDY_DECODE
from autograder.exercises.transformer.loss import LABEL_SMOOTHED_CROSS_ENTROPY
from autograder.exercises.transformer.model import TRANSFORMER
from autograder.exercises.transformer.schedule import WARMUP_LEARNING_RATE
from autograder.exercises.transformer.score import BLEU

EXERCISES = (
    TOKEN_EMBEDDING,
    TRANSFORMER,
    LABEL_SMOOTHED_CROSS_ENTROPY,
    WARMUP_LEARNING_RATE,
    GREEDY_DECODE,
    BEAM_SEARCH,
    BLEU,
)
