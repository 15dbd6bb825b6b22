"""Exercises of lesson 5, one file each."""

from autograder.exercises.decoder.cache import KEY_VALUE_CACHE
from autograder.exercises.decoder.choose import NEXT_TOKEN_PROBABILITIES
from autograder.exercises.decoder.layer import DECODER_LAYER
from autograder.exercises.decoder.nucleus import NUCLEUS_FILTER
from autograder.exercises.decoder.shift import SHIFT_RIGHT
from autograder.exercises.decoder.stack import DECODER
from autograder.exercises.decoder.step import CACHED_STEP
from autograder.exercises.decoder.top_k import TOP_K_FILTER

EXERCISES = (
    SHIFT_RIGHT,
    DECODER_LAYER,
    DECODER,
    NEXT_TOKEN_PROBABILITIES,
    TOP_K_FILTER,
    NUCLEUS_FILTER,
    KEY_VALUE_CACHE,
    CACHED_STEP,
)
