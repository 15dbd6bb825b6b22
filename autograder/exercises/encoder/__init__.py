"""Exercises of lesson 4, one file each."""

from autograder.exercises.encoder.feed_forward import FEED_FORWARD
from autograder.exercises.encoder.layer import ENCODER_LAYER
from autograder.exercises.encoder.norm import LAYER_NORM
from autograder.exercises.encoder.scores import CLASSIFICATION_SCORES
from autograder.exercises.encoder.stack import ENCODER

EXERCISES = (LAYER_NORM, FEED_FORWARD, ENCODER_LAYER, ENCODER, CLASSIFICATION_SCORES)
