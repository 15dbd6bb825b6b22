# INTENT: A script in an error message.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: error; score 0
raise ValueError("<script>alert('XSS')</script>")
