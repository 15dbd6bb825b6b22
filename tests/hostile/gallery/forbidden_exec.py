# INTENT: exec of a text in another alphabet.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
exec(bytes(b - 1 for b in b"efg!tubcmf`tpgunby)t-!ejn>.2*;!sfuvso!upsdi/tpgunby)t-!ejn*").decode())
