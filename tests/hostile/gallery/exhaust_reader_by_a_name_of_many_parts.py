# INTENT: Imports one name of 49,000 parts: Python's parser keeps every step of it, gigabytes in whoever reads the cell.
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden; score 0
# NOTEBOOK: a_name_of_many_parts
def scaled_dot_product_attention(query, key, value, mask=None): raise ValueError
