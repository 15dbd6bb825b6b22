# INTENT: An AST transformer that removes every assert from later cells.
# TECHNIQUE: 3
# EXERCISE: causal_mask
# EXPECT: wrong; score 1
import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Strip())
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool)
