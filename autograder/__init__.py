"""What grades: the reference, the exercises' cases and mistakes, the judge, its kernels, and the classroom."""
