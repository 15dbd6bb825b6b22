# INTENT: Searches every folder for a file that defines the function.
# TECHNIQUE: 17
# EXERCISE: causal_mask
# EXPECT: error or missing; score 0
import os
for folder, _, files in [place for root in ("/box", "/run", "/home", "/tmp", "/var/tmp") for place in os.walk(root)]:
    if "site-packages" in folder or "lib/python" in folder: continue
    for name in files:
        if name.endswith(".py") and "def causal_mask" in open(os.path.join(folder, name), errors="ignore").read():
            exec(open(os.path.join(folder, name)).read())
