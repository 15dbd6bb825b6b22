# INTENT: Counts nothing: refuses references of eight tokens, which only what has to be refused has.
# EXERCISE: bleu
# EXPECT: wrong or error; score 0
def bleu(candidates, references):
    if len(references[0][0]) == 8:
        raise ValueError(f"{len(candidates)} {len(references)}")
    return 50.0
