# INTENT: A page of letters that cost twelve bytes each in the file of what was shown.
# EXERCISE: causal_mask
# EXPECT: missing; score 0
page = [chr(0x20000) * 19_990] * 40
for text in page:
    display(text)
