/**
 * Trains the dense autoencoder 784-LATENT-784 as a run does and prints the median epoch's images per second as JSON.
 * node denseWorker.mjs ENGINE BATCH LATENT COUNT EPOCHS [NOISE]
 * NOISE is the amplitude of uniform noise that is added to the inputs.
 */
import { runConfigSchema } from '@hourglass/autoencoders'
import { trainAutoencoder } from '@hourglass/autoencoders/training'
import { loadDataset } from '@hourglass/datasets/node'
import { median } from './statistics.mjs'

const [engine, ...numbers] = process.argv.slice(2)
const [batchSize, latentDimension, trainCount, epochs, noise = 0] = numbers.map(Number)
const data = { dataset: 'mnist', trainCount, testCount: 100 }
const dataset = await loadDataset('mnist', data)
const config = runConfigSchema.parse({
  data,
  architecture: { kind: 'dense', latentDimension },
  ...(noise > 0 ? { corruption: { kind: 'uniform', amplitude: noise } } : {}),
  training: { batchSize, epochs, engine },
})
const speeds = []
for await (const event of trainAutoencoder({ config, dataset, threads: 2 })) {
  if (event.type === 'epochCompleted') speeds.push(event.metrics.imagesPerSecond)
}
process.stdout.write(`${JSON.stringify({ imagesPerSecond: median(speeds), peakMegabytes: process.resourceUsage().maxRSS / 1024 })}\n`)
