# INTENT: Prepared in an earlier exercise: raises with what that one has seen.
# TECHNIQUE: 21
# EXERCISE: padding_mask
# EXPECT: error; score 0
import builtins
raise RuntimeError(repr(getattr(builtins, "kept", "nothing kept")))
