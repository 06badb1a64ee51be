/** Trains the dense autoencoder 784-32-784 as a run does, on the default engine, and prints the median epoch’s images per second. */
import { runConfigSchema } from '@hourglass/autoencoders'
import { trainAutoencoder } from '@hourglass/autoencoders/training'
import { loadDataset } from '@hourglass/datasets/node'

const [batchSize, epochs] = process.argv.slice(2).map(Number)
const dataset = await loadDataset('mnist', {})
const config = runConfigSchema.parse({ training: { batchSize, epochs } })
const speeds = []
for await (const event of trainAutoencoder({ config, dataset, threads: 2 })) {
  if (event.type === 'epochCompleted') speeds.push(event.metrics.imagesPerSecond)
}
speeds.sort((a, b) => a - b)
process.stdout.write(`${JSON.stringify({ imagesPerSecond: speeds[Math.floor(speeds.length / 2)] })}\n`)
