import { completeRunConfig, latentDimensionOf, presets } from '@hourglass/autoencoders'
import { images } from './peers/images.mjs'
import { pythonVersionOf, runPython } from './peers/python.mjs'
import { runNode } from './runNode.mjs'
import { median } from './statistics.mjs'

const ROUNDS = Number(process.env.HOURGLASS_BENCH_ROUNDS ?? 3)
const THREADS = 2
const EPOCHS = 2
/** Enough steps of 32 that the first ones do not count. */
const COUNT = 4800
/** Training images of a whole epoch. */
const ALL = 60_000

/**
 * Extrapolates how long the chapter's two sweeps take with all images and all epochs: from the speed at which each of their runs trains on fewer
 * images, here and with PyTorch, in turns. HOURGLASS_BENCH_ROUNDS=1 takes one turn of three.
 */
export async function measure() {
  const version = pythonVersionOf('torch')
  const rows = []
  for (const id of ['undercomplete-sweep', 'denoising-sweep']) {
    const { title, runs } = presets.find((preset) => preset.id === id)
    const sums = { ours: 0, torch: 0 }
    for (const { config } of runs) {
      const { ours, torch } = secondsOf(completeRunConfig(config), version !== undefined)
      sums.ours += ours
      sums.torch += torch
    }
    const row = { figure: `${title}: ${runs.length} runs, training alone`, value: sums.ours / 60, unit: 'min' }
    const peer = { peer: `PyTorch ${version}: ${Math.round(sums.torch / 60)} min`, ratio: sums.torch / sums.ours }
    rows.push(version === undefined ? row : { ...row, ...peer })
  }
  return rows
}

function secondsOf({ architecture, training, corruption }, withTorch) {
  const { batchSize, epochs } = training
  const latent = latentDimensionOf(architecture, [28, 28])
  const noise = corruption.kind === 'uniform' ? corruption.amplitude : 0
  const speeds = { ours: [], torch: [] }
  for (let round = 0; round < ROUNDS; round++) {
    speeds.ours.push(runNode('denseWorker.mjs', 'onnx', batchSize, latent, COUNT, EPOCHS, noise).imagesPerSecond)
    if (!withTorch) continue
    speeds.torch.push(runPython('torch_autoencoder.py', images, 'dense', batchSize, latent, COUNT, EPOCHS, THREADS, noise).imagesPerSecond)
  }
  const seconds = (measured) => (epochs * ALL) / median(measured)
  return { ours: seconds(speeds.ours), torch: withTorch ? seconds(speeds.torch) : 0 }
}
