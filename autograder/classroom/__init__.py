"""A whole class: grade it, book it into nbgrader's gradebook, write the feedback pages, make a sample of one."""
