"""What exercises forbid, as data: the one thing that *is* the exercise, under all the names torch has for it."""

from autograder.exercises.model import Forbidden

_ATTENTION_OPERATORS = (
    "aten::_scaled_dot_product_flash_attention_for_cpu",
    "aten::_scaled_dot_product_flash_attention",
    "aten::_scaled_dot_product_efficient_attention",
    "aten::_scaled_dot_product_attention_math",
    "aten::scaled_dot_product_attention",
    "aten::_native_multi_head_attention",
)

SOFTMAX = Forbidden(
    names=(
        "torch.softmax",
        "torch.Tensor.softmax",
        "torch.special.softmax",
        "torch.nn.functional.softmax",
        "torch.nn.functional.softmin",
        "torch.nn.functional.gumbel_softmax",
        "torch.log_softmax",
        "torch.Tensor.log_softmax",
        "torch.special.log_softmax",
        "torch.nn.functional.log_softmax",
        "torch.nn.Softmax",
        "torch.nn.LogSoftmax",
        "torch.nn.Softmin",
        "torch.nn.Softmax2d",
        "torch.sparse.softmax",
        "torch.masked.softmax",
        "torch.distributions.transforms.SoftmaxTransform",
        # the attention of nothing but a mask is the softmax of the mask, computed in one piece
        "torch.nn.functional.scaled_dot_product_attention",
    ),
    operators=("aten::_softmax", "aten::_log_softmax", *_ATTENTION_OPERATORS),
    instead="Write the softmax yourself, from exponentials and a sum.",
)

ATTENTION = Forbidden(
    names=(
        "torch.nn.functional.scaled_dot_product_attention",
        "torch.nn.MultiheadAttention",
        "torch.nn.functional.multi_head_attention_forward",
        "torch.nn.attention.flex_attention.flex_attention",
        "torch.nn.Transformer",
        "torch.nn.TransformerEncoder",
        "torch.nn.TransformerDecoder",
        "torch.nn.TransformerEncoderLayer",
        "torch.nn.TransformerDecoderLayer",
    ),
    operators=_ATTENTION_OPERATORS,
    instead="Write the attention yourself: scores, mask, softmax, weighted sum.",
)

TRANSFORMER = Forbidden(
    names=(
        "torch.nn.Transformer",
        "torch.nn.TransformerEncoder",
        "torch.nn.TransformerDecoder",
        "torch.nn.TransformerEncoderLayer",
        "torch.nn.TransformerDecoderLayer",
    ),
    operators=("aten::_transformer_encoder_layer_fwd",),
    instead="Build the layer from your own parts.",
)

LAYER_NORM = Forbidden(
    names=(
        "torch.nn.LayerNorm",
        "torch.nn.functional.layer_norm",
        "torch.layer_norm",
        "torch.native_layer_norm",
        "torch.nn.GroupNorm",
        "torch.nn.functional.group_norm",
        "torch.group_norm",
        "torch.native_group_norm",
        # the same once the axes are exchanged, or the mean is taken off
        "torch.nn.InstanceNorm1d",
        "torch.nn.functional.instance_norm",
        "torch.instance_norm",
        "torch.nn.BatchNorm1d",
        "torch.nn.functional.batch_norm",
        "torch.batch_norm",
        "torch.native_batch_norm",
        "torch.nn.RMSNorm",
        "torch.nn.functional.rms_norm",
        "torch.rms_norm",
    ),
    operators=(
        "aten::native_layer_norm",
        "aten::native_group_norm",
        "aten::native_batch_norm",
        "aten::_native_batch_norm_legit",
        "aten::_fused_rms_norm",
    ),
    instead="Compute mean and variance of each vector yourself.",
)

CROSS_ENTROPY = Forbidden(
    names=(
        "torch.nn.functional.cross_entropy",
        "torch.nn.CrossEntropyLoss",
        "torch.nn.LinearCrossEntropyLoss",
        "torch.nn.functional.linear_cross_entropy",
        "torch._C._nn.cross_entropy_loss",  # what all of these call: a name for the watch, as it is no operator
    ),
    operators=("aten::cross_entropy_loss",),
    instead="Write the loss yourself: logarithms of probabilities, and what they are multiplied with.",
)
