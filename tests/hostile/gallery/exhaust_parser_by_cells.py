# INTENT: a hundred long cells that name every exercise, for whoever parses each of them each time.
# EXERCISE: stable_softmax
# EXPECT: missing or unreadable; score 0
# NOTEBOOK: long_cells_that_name_everything
