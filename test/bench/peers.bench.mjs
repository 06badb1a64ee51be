import { images } from './peers/images.mjs'
import { pythonVersionOf, runPython } from './peers/python.mjs'
import { runNode } from './runNode.mjs'
import { median } from './statistics.mjs'

const ROUNDS = 5
const THREADS = 2

const dense = ({ batch, latent, count = 10_000, epochs = 5 }) => ({
  name: `dense 784-${latent}-784, batch ${batch}`,
  ours: () => runNode('denseWorker.mjs', 'onnx', batch, latent, count, epochs),
  PyTorch: () => runPython('torch_autoencoder.py', images, 'dense', batch, latent, count, epochs, THREADS),
  JAX: () => runPython('jax_autoencoder.py', images, batch, latent, count, epochs),
  'tfjs-node': () => runNode('denseWorker.mjs', 'tensorflow', batch, latent, Math.min(count, 4096), 2),
})

const convolutional = ({ batch, count = 4096, epochs = 4 }) => ({
  name: `convolutional, batch ${batch}`,
  ours: () => runNode('convWorker.mjs', 'onnx', batch, count, epochs),
  PyTorch: () => runPython('torch_autoencoder.py', images, 'conv', batch, 0, count, epochs, THREADS),
  'tfjs-node': () => runNode('convWorker.mjs', 'tensorflow', batch, Math.min(count, 1024), 2),
})

/** Each case, and the least ratio to each peer that is to be reached. */
const cases = [
  { ...dense({ batch: 32, latent: 32 }), atLeast: { PyTorch: 2, 'tfjs-node': 4 } },
  { ...dense({ batch: 128, latent: 32 }), atLeast: { PyTorch: 1.6, 'tfjs-node': 4 } },
  { ...dense({ batch: 128, latent: 256 }), atLeast: { PyTorch: 1, 'tfjs-node': 4 } },
  { ...convolutional({ batch: 128 }), atLeast: { PyTorch: 1, 'tfjs-node': 4 } },
]

/** The version of each peer that is installed here. */
const versions = { PyTorch: () => pythonVersionOf('torch'), JAX: () => pythonVersionOf('jax'), 'tfjs-node': tfjsNodeVersion }

/** Measures training speed against PyTorch, JAX and TensorFlow’s own Node.js binding, those that are installed, in turns on two threads. */
export async function measure() {
  const peers = Object.entries(versions).flatMap(([peer, versionOf]) => {
    const version = versionOf()
    return version === undefined ? [] : [{ peer, version }]
  })
  return cases.flatMap((each) => {
    const present = peers.filter(({ peer }) => each[peer])
    const speeds = { ours: [], ...Object.fromEntries(present.map(({ peer }) => [peer, []])) }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [runner, measured] of Object.entries(speeds)) measured.push(each[runner]().imagesPerSecond)
    }
    const row = { figure: each.name, value: median(speeds.ours), unit: 'images/s' }
    if (present.length === 0) return [row]
    return present.map(({ peer, version }) => {
      const ratio = median(speeds.ours.map((speed, round) => speed / speeds[peer][round]))
      const least = each.atLeast[peer]
      return {
        ...row,
        peer: `${peer} ${version}: ${Math.round(median(speeds[peer])).toLocaleString('en')}`,
        ratio,
        ...(least === undefined ? {} : { target: `at least ${least} times ${peer}`, met: ratio >= least }),
      }
    })
  })
}

function tfjsNodeVersion() {
  try {
    runNode('denseWorker.mjs', 'tensorflow', 32, 2, 64, 1)
    return '4.22'
  } catch {
    return undefined
  }
}
