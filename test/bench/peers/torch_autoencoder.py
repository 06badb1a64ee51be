"""Trains an autoencoder with PyTorch, eager, as its documentation shows it, and prints the median epoch's images per second as JSON.

torch_autoencoder.py IMAGES {dense,conv} BATCH LATENT COUNT EPOCHS THREADS [NOISE]
IMAGES is MNIST's train-images-idx3-ubyte; LATENT is for dense alone. NOISE is the amplitude of uniform noise that is added to the inputs.
"""

import json
import statistics
import sys
import time

import numpy as np
import torch

path, kind, *numbers = sys.argv[1:]
batch, latent, count, epochs, threads = map(int, numbers[:5])
noise = float(numbers[5]) if len(numbers) > 5 else 0
torch.set_num_threads(threads)

shape = (count, 784) if kind == "dense" else (count, 1, 28, 28)
images = np.fromfile(path, dtype=np.uint8, offset=16, count=count * 784).reshape(shape)
data = torch.from_numpy(images.astype(np.float32) / 255)

if kind == "dense":
    model = torch.nn.Sequential(torch.nn.Linear(784, latent), torch.nn.Linear(latent, 784), torch.nn.Sigmoid())
else:
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        torch.nn.ConvTranspose2d(32, 16, 3, stride=2, padding=1, output_padding=1),
        torch.nn.ReLU(),
        torch.nn.ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1),
        torch.nn.Sigmoid(),
    )
optimizer = torch.optim.Adam(model.parameters())
loss_of = torch.nn.MSELoss()

speeds = []
for _ in range(epochs):
    start = time.perf_counter()
    order = torch.randperm(count)
    for first in range(0, count - batch + 1, batch):
        x = data[order[first : first + batch]]
        optimizer.zero_grad()
        seen = x + noise * (2 * torch.rand_like(x) - 1) if noise else x
        loss = loss_of(model(seen), x)
        loss.backward()
        optimizer.step()
        loss.item()
    speeds.append(count // batch * batch / (time.perf_counter() - start))
print(json.dumps({"imagesPerSecond": statistics.median(speeds)}))
