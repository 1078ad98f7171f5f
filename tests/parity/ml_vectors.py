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


class Standardised(torch.nn.Module):
    """Numbers that may be missing, as a network takes them in: on one scale, then which are missing."""

    def __init__(self, columns):
        super().__init__()
        self.mean, self.scale = numbers(columns, size=2), torch.rand(columns) * 2 + 0.2
        self.scale[1] = 0  # a column that was the same in all that was learned from

    def forward(self, x):
        missing = x.isnan()
        z = ((x - self.mean) * self.scale).clamp(-6, 6).masked_fill(missing, 0)
        return torch.cat([z, missing.float()], -1)


def gaps(*shape):
    """Some missing, some beyond what is let through."""
    x = numbers(*shape, size=5)
    return x.masked_fill(torch.rand(shape) < 0.1, float("nan"))


class Reader:
    """Notes with all of the sequence in sight: what sequence_reader.hpp runs, without its head."""

    def __init__(self, columns, width, hidden, layers, heads, block):
        self.taken, self.block = Standardised(columns), block
        self.embed, self.embed_norm = torch.nn.Linear(2 * columns, width), torch.nn.LayerNorm(width)
        self.lstm = torch.nn.LSTM(width, hidden, layers, batch_first=True, bidirectional=True)
        self.attention = torch.nn.MultiheadAttention(2 * hidden, heads, batch_first=True)
        self.attention_norm = torch.nn.LayerNorm(2 * hidden)

    def __call__(self, x):
        h = self.lstm(self.embed_norm(self.embed(self.taken(x))).relu()[None])[0]
        mixed = [self.attention(part, part, part, need_weights=False)[0] for part in h.split(self.block, 1)]
        return self.attention_norm(h + torch.cat(mixed, 1))[0]

    def tensors(self, prefix):
        out = {f"{prefix}.mean": self.taken.mean, f"{prefix}.scale": self.taken.scale}
        for name in ("embed", "embed_norm", "lstm", "attention_norm"):
            out |= tensors_of(getattr(self, name), f"{prefix}.{name}")
        return out | attention_tensors(self.attention, f"{prefix}.attention")


def sequence_reader():
    """Two blocks and a half."""
    reader, head, x = Reader(9, 12, 10, 2, 4, 16), torch.nn.Linear(20, 3), gaps(40, 9)
    mean, scale = numbers(3, size=60), torch.rand(3) * 20 + 1
    return (reader.tensors("network") | tensors_of(head, "network.head") |
            {"network.target_mean": mean, "network.target_scale": scale, "input": x,
             "expected": head(reader(x)) * scale + mean},
            {"network.heads": "4", "network.block": "16"})


def sequence_player():
    """Logits and the mean of what they say, note by note, with the past given."""
    reader, taken = Reader(7, 11, 6, 1, 2, 16), Standardised(5)
    lstm, head = torch.nn.LSTM(12 + 10, 13, batch_first=True), torch.nn.Linear(13, 8)
    x, past, low, high = gaps(37, 7), gaps(37, 5), -4.0, 2.5
    logits = head(lstm(torch.cat([reader(x), taken(past)], -1)[None])[0][0])
    middles = low + (torch.arange(8) + 0.5) * (high - low) / 8
    return (reader.tensors("network") | tensors_of(lstm, "player.lstm") |
            tensors_of(head, "player.head") |
            {"player.past_mean": taken.mean, "player.past_scale": taken.scale,
             "player.range": torch.tensor([low, high]), "input": x, "past": past, "logits": logits,
             "expected": logits.softmax(-1) @ middles},
            {"network.heads": "2", "network.block": "16"})


CASES = {
    "functions": functions, "linear": linear, "embedding": embedding,
    "layer_norm": lambda: norm(torch.nn.LayerNorm), "rms_norm": lambda: norm(torch.nn.RMSNorm),
    "lstm": lambda: lstm(False), "bidirectional_lstm": lambda: lstm(True), "conv1d": conv1d,
    "attention_causal": lambda: attention(True), "attention_whole": lambda: attention(False),
    "attention_rotary": rotary_attention, "transformer": transformer,
    "sequence_reader": sequence_reader, "sequence_player": sequence_player,
}


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "ml")
    folder.mkdir(exist_ok=True)
    for seed, (name, make) in enumerate(CASES.items()):
        torch.manual_seed(seed)
        made = make()
        tensors, metadata = made if isinstance(made, tuple) else (made, {})
        tensors = {key: value.detach().contiguous().clone() for key, value in tensors.items()}
        metadata["torch"] = torch.__version__
        save_file(tensors, folder / f"{name}.safetensors", metadata=metadata)


main()
