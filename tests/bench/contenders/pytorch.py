"""PyTorch's side of the bench: `pytorch.py <folder> <check|rate> <threads>` prints what measure.ts returns.

The folder holds problem.json, which says what lies where in problem.bin, and how long to measure. Without arguments,
prints PyTorch's version and the BLAS that it loads.
"""

import ctypes
import json
import math
import os
import re
import sys
import time

import numpy
import torch
import torch.nn.functional as F


def versions() -> str:
    """Version of PyTorch, and the BLAS of this process: OpenBLAS as it names itself, another as its file is called."""
    with open("/proc/self/maps", encoding="utf8") as maps:
        paths = sorted({line.split()[-1] for line in maps if re.search(r"blas|mkl_rt|blis", line)})
    names = [os.path.basename(path) for path in paths]
    for path in paths:
        library = ctypes.CDLL(path)
        if hasattr(library, "openblas_get_config"):
            library.openblas_get_config.restype = ctypes.c_char_p
            names = [library.openblas_get_config().decode()]
    return f"PyTorch {torch.__version__} with {', '.join(names) or 'no BLAS'}"


def layers_of(w):
    return [(w[f"W{k}"], w[f"b{k}"]) for k in range(len(w) // 2)]


def mlp_loss(task, w, inputs):
    *hidden, (W, b) = layers_of(w)

    def loss():
        h = inputs["x"]
        for V, c in hidden:
            h = F.relu(torch.addmm(c, h, V))
        return F.mse_loss(torch.addmm(b, h, W), inputs["y"])

    return loss


def linear_attention_loss(task, w, inputs):
    tokens, queries, targets = inputs["tokens"], inputs["queries"], inputs["targets"]

    def loss():
        keys = tokens @ w["key"].T
        asked = queries @ w["query"].T
        values = (tokens @ w["value"].T @ w["readOut"]).squeeze(2)
        scores = (keys @ asked.unsqueeze(2)).squeeze(2)
        return F.mse_loss((scores * values).sum(1) / task["n"], targets)

    return loss


def language_model_loss(task, w, inputs):
    batch, T, d, heads = task["batch"], task["context"], task["width"], task["heads"]
    tokens, following = inputs["tokens"], inputs["next"].flatten().long()
    never = torch.full((T, T), -math.inf).triu(1)

    def linear(name, x):
        return x @ w[name] + w[f"{name}.bias"]

    def norm(name, x):
        return F.layer_norm(x, (d,), w[f"{name}.gain"], w[f"{name}.bias"])

    def attention(qkv):
        q, k, v = (x.view(batch, T, heads, d // heads).transpose(1, 2) for x in qkv.split(d, 2))
        scores = q @ k.transpose(2, 3) / math.sqrt(d // heads) + never
        return (F.softmax(scores, 3) @ v).transpose(1, 2).reshape(batch, T, d)

    def loss():
        h = F.embedding(tokens, w["embedding"]) + w["position"]
        for l in range(task["layers"]):
            h = h + linear(f"block{l}.out", attention(linear(f"block{l}.qkv", norm(f"block{l}.norm1", h))))
            up = linear(f"block{l}.up", norm(f"block{l}.norm2", h))
            h = h + linear(f"block{l}.down", F.gelu(up, approximate="tanh"))
        logits = norm("norm", h) @ w["embedding"].T
        return F.cross_entropy(logits.view(batch * T, -1), following)

    return loss


def mixer_loss(task, w, inputs):
    batch, tokens, channels = task["batch"], task["tokens"], task["channels"]
    patches = inputs["patches"].view(batch, tokens, -1)
    labels = inputs["labels"].long()

    def linear(name, x):
        return x @ w[name] + w[f"{name}.bias"]

    def norm(name, x):
        return F.layer_norm(x, (channels,), w[f"{name}.gain"], w[f"{name}.bias"])

    def mlp(name, x):
        return linear(f"{name}.down", F.gelu(linear(f"{name}.up", x), approximate="tanh"))

    def loss():
        h = linear("embed", patches)
        for l in range(task["layers"]):
            across = norm(f"block{l}.tokens.norm", h).transpose(1, 2)
            h = h + mlp(f"block{l}.tokens", across).transpose(1, 2)
            h = h + mlp(f"block{l}.channels", norm(f"block{l}.channels.norm", h))
        return F.cross_entropy(linear("head", norm("norm", h).mean(1)), labels)

    return loss


LOSSES = {
    "mlp": mlp_loss,
    "linear-attention": linear_attention_loss,
    "language-model": language_model_loss,
    "mixer": mixer_loss,
}


def main(folder, mode, threads):
    torch.set_num_threads(int(threads))
    with open(os.path.join(folder, "problem.json"), encoding="utf8") as file:
        spec = json.load(file)
    data = numpy.fromfile(os.path.join(folder, "problem.bin"), dtype=numpy.uint8)

    def tensor(block):
        end = block["offset"] + 4 * math.prod(block["shape"])
        return torch.from_numpy(data[block["offset"] : end].view(block["type"]).reshape(block["shape"]).copy())

    weights = {name: torch.nn.Parameter(tensor(block)) for name, block in spec["weights"].items()}
    inputs = {name: tensor(block) for name, block in spec["inputs"].items()}
    loss = LOSSES[spec["task"]["kind"]](spec["task"], weights, inputs)
    adam = spec["adam"]
    betas = (adam["beta1"], adam["beta2"])
    # foreach: all weights in one pass, which is never slower here.
    optimizer = torch.optim.Adam(weights.values(), lr=adam["rate"], betas=betas, eps=adam["epsilon"], foreach=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss().backward()
        optimizer.step()

    def rate(seconds):
        started, steps = time.perf_counter(), 0
        while True:
            step()
            steps += 1
            passed = time.perf_counter() - started
            if passed >= seconds:
                return steps / passed

    losses = []
    for k in range(spec["checked"] + 1 if mode == "check" else 0):
        if k > 0:
            step()
        with torch.no_grad():
            losses.append(loss().item())
    rate(spec["warmUpMs"] / 1000)
    print(json.dumps({"stepsPerSecond": rate(spec["roundMs"] / 1000), "losses": losses}))


if len(sys.argv) > 1:
    main(*sys.argv[1:])
else:
    print(versions())
