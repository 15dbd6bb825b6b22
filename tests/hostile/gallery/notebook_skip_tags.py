# INTENT: Tags the test cells so that nbclient skips them.
# TECHNIQUE: 1
# EXERCISE: causal_mask
# EXPECT: missing; score 0
# NOTEBOOK: skip_tags
