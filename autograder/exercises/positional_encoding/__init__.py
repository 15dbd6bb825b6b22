"""Exercises of lesson 3, one file each."""

from autograder.exercises.positional_encoding.encoding import POSITIONAL_ENCODING
from autograder.exercises.positional_encoding.rotary import ROTATE
from autograder.exercises.positional_encoding.shift import SHIFT_MATRIX
from autograder.exercises.positional_encoding.table import SINUSOIDAL_ENCODING

EXERCISES = (SINUSOIDAL_ENCODING, POSITIONAL_ENCODING, SHIFT_MATRIX, ROTATE)
