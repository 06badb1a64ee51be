"""Trains a dense autoencoder with JAX, a whole epoch as one compiled scan, and prints the median epoch's images per second as JSON.

jax_autoencoder.py IMAGES BATCH LATENT COUNT EPOCHS
IMAGES is MNIST's train-images-idx3-ubyte. The first epoch compiles and does not count.
"""

import json
import statistics
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

path, *numbers = sys.argv[1:]
batch, latent, count, epochs = map(int, numbers)
steps = count // batch
data = jnp.asarray(np.fromfile(path, dtype=np.uint8, offset=16, count=count * 784).reshape(count, 784).astype(np.float32) / 255)

keys = jax.random.split(jax.random.key(0), 3)
parameters = {
    "encoder": jax.random.uniform(keys[0], (784, latent), minval=-0.04, maxval=0.04),
    "encoder_bias": jnp.zeros(latent),
    "decoder": jax.random.uniform(keys[1], (latent, 784), minval=-0.18, maxval=0.18),
    "decoder_bias": jnp.zeros(784),
}
RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8


def loss_of(p, x):
    code = x @ p["encoder"] + p["encoder_bias"]
    output = jax.nn.sigmoid(code @ p["decoder"] + p["decoder_bias"])
    return jnp.mean((output - x) ** 2)


def step(state, indices):
    p, m, v, t = state
    loss, gradient = jax.value_and_grad(loss_of)(p, data[indices])
    t = t + 1
    m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, gradient)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, gradient)
    rate = RATE * jnp.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    p = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), p, m, v)
    return (p, m, v, t), loss


@jax.jit
def epoch(state, key):
    order = jax.random.permutation(key, count)[: steps * batch].reshape(steps, batch)
    return jax.lax.scan(step, state, order)


zeros = jax.tree.map(jnp.zeros_like, parameters)
state, speeds = (parameters, zeros, zeros, jnp.zeros(())), []
for index in range(epochs + 1):
    start = time.perf_counter()
    state, losses = epoch(state, jax.random.fold_in(keys[2], index))
    losses.block_until_ready()
    if index > 0:
        speeds.append(steps * batch / (time.perf_counter() - start))
print(json.dumps({"imagesPerSecond": statistics.median(speeds)}))
