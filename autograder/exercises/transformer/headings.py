"""Headings of lesson 6 that mistakes and exercises send the learner to; a test finds each in the master."""

EMBEDDING = "Tokens become vectors"
MODEL = "The whole model"
LOSS = "A loss that is never quite sure"
SCHEDULE = "Warming up"
GREEDY = "Writing one token at a time"
BEAM = "Keeping several candidates"
BLEU = "How good is a translation"
