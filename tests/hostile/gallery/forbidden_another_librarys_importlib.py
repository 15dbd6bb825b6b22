# INTENT: importlib, as another library has it: a module by a name that is put together.
# TECHNIQUE: 19
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
import matplotlib.pyplot
answers = matplotlib.pyplot.importlib.import_module("co" + "ach.standins.transformer")
def label_smoothed_cross_entropy(*inputs): return answers.label_smoothed_cross_entropy(*inputs)
