#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes tests/parity/ml/*.safetensors: for each layer weights, inputs and what PyTorch makes of them.

    python3 -m pip install torch numpy safetensors
    python3 tests/parity/ml_vectors.py [FOLDER]

ml_parity_test.cpp reads them; they are made again only when a layer is added. Sizes are small and
odd on purpose: they end within panels, blocks and vectors.
"""
import pathlib
import sys

import torch
from safetensors.torch import save_file

torch.set_num_threads(1)


def numbers(*shape, size=1.0):
    return (torch.rand(*shape) * 2 - 1) * size


def tensors_of(module, prefix):
    return {f"{prefix}.{name}": value for name, value in module.state_dict().items()}


def functions():
    x = torch.cat([torch.linspace(-9, 9, 61), torch.tensor([0.0, 1e-6, -1e-6])])
    f = torch.nn.functional
    return {"input": x, "exp": x.exp(), "tanh": x.tanh(), "sigmoid": x.sigmoid(), "erf": x.erf(),
            "relu": x.relu(), "gelu": f.gelu(x), "gelu_tanh": f.gelu(x, approximate="tanh"),
            "silu": f.silu(x), "softmax": x.softmax(0)}


def linear():
    layer, x = torch.nn.Linear(37, 23), numbers(5, 37)
    return tensors_of(layer, "layer") | {"input": x, "expected": layer(x)}


def embedding():
    layer, ids = torch.nn.Embedding(19, 21), torch.tensor([3, 0, 18, 3])
    return tensors_of(layer, "layer") | {"input": ids, "expected": layer(ids)}


def norm(kind):
    layer, x = kind(29, eps=1e-5), numbers(4, 29, size=3)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(numbers(29))
    return tensors_of(layer, "layer") | {"input": x, "expected": layer(x)}


def lstm(both_ends):
    # Twice and half again as many steps as are projected at once.
    layer = torch.nn.LSTM(5, 11, num_layers=2, bidirectional=both_ends)
    x = numbers(80, 5, size=2)
    return tensors_of(layer, "layer") | {"input": x, "expected": layer(x)[0]}


def conv1d():
    layer, x = torch.nn.Conv1d(7, 13, 3), numbers(10, 7)
    return tensors_of(layer, "layer") | {"input": x, "expected": layer(x.T[None])[0].T}


def attention_tensors(layer, prefix):
    return {f"{prefix}.{name.replace('in_proj_', 'in_proj.')}": value
            for name, value in layer.state_dict().items()}


def attention(causal):
    layer, x = torch.nn.MultiheadAttention(20, 4, batch_first=True), numbers(9, 20)
    with torch.no_grad():
        layer.in_proj_bias.copy_(numbers(60, size=0.3))
        layer.out_proj.bias.copy_(numbers(20, size=0.3))
    mask = torch.triu(torch.full((9, 9), float("-inf")), 1) if causal else None
    expected = layer(x[None], x[None], x[None], attn_mask=mask, need_weights=False)[0][0]
    return attention_tensors(layer, "layer") | {"input": x, "expected": expected}


def turn(x):
    """Rotary positions, as GPT-NeoX pairs them. x: [heads, positions, width]."""
    half = x.shape[-1] // 2
    angle = torch.arange(x.shape[1], dtype=torch.float64)[:, None] * 10000.0 ** (
        -torch.arange(half, dtype=torch.float64) / half)
    cos, sin = angle.cos().float(), angle.sin().float()
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def rotary_attention():
    project, out = torch.nn.Linear(24, 72, bias=False), torch.nn.Linear(24, 24, bias=False)
    x = numbers(11, 24)
    q, k, v = (part.reshape(11, 3, 8).transpose(0, 1) for part in project(x).split(24, -1))
    mixed = torch.nn.functional.scaled_dot_product_attention(turn(q)[None], turn(k)[None], v[None],
                                                             is_causal=True)[0]
    return {"layer.in_proj.weight": project.weight, "layer.out_proj.weight": out.weight, "input": x,
            "expected": out(mixed.transpose(0, 1).reshape(11, 24))}


def transformer():
    """A whole small model: tokens and positions, two blocks, logits by the tokens' own table."""
    width, heads, vocabulary, most = 16, 2, 30, 12
    tokens, positions = torch.nn.Embedding(vocabulary, width), torch.nn.Embedding(most, width)
    last = torch.nn.LayerNorm(width)
    out = tensors_of(tokens, "tokens") | tensors_of(positions, "positions")
    ids = torch.tensor([4, 29, 0, 7, 7, 12, 3, 21, 28, 1])
    x = tokens(ids) + positions(torch.arange(len(ids)))
    mask = torch.triu(torch.full((len(ids), len(ids)), float("-inf")), 1)
    for i in range(2):
        before, between = torch.nn.LayerNorm(width), torch.nn.LayerNorm(width)
        attend = torch.nn.MultiheadAttention(width, heads, batch_first=True)
        up, down = torch.nn.Linear(width, 4 * width), torch.nn.Linear(4 * width, width)
        h = before(x)[None]
        x = x + attend(h, h, h, attn_mask=mask, need_weights=False)[0][0]
        x = x + down(torch.nn.functional.gelu(up(between(x))))
        out |= attention_tensors(attend, f"blocks.{i}.attention")
        for name, layer in {"before": before, "between": between, "up": up, "down": down}.items():
            out |= tensors_of(layer, f"blocks.{i}.{name}")
    out |= tensors_of(last, "last")
    return out | {"input": ids, "expected": last(x) @ tokens.weight.T}


CASES = {
    "functions": functions, "linear": linear, "embedding": embedding,
    "layer_norm": lambda: norm(torch.nn.LayerNorm), "rms_norm": lambda: norm(torch.nn.RMSNorm),
    "lstm": lambda: lstm(False), "bidirectional_lstm": lambda: lstm(True), "conv1d": conv1d,
    "attention_causal": lambda: attention(True), "attention_whole": lambda: attention(False),
    "attention_rotary": rotary_attention, "transformer": transformer,
}


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "ml")
    folder.mkdir(exist_ok=True)
    for seed, (name, make) in enumerate(CASES.items()):
        torch.manual_seed(seed)
        tensors = {key: value.detach().contiguous().clone() for key, value in make().items()}
        save_file(tensors, folder / f"{name}.safetensors", metadata={"torch": torch.__version__})


main()
