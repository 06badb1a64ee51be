/**
 * Measures this machine, then for each configuration of a list estimates the seconds of an epoch and trains some; prints as JSON, for each, both
 * numbers, the measured one as the shortest epoch. node estimateWorker.mjs CONFIGURATIONS EPOCHS
 */
import { completeRunConfig } from '@hourglass/autoencoders'
import { estimateRun, measureMachine, trainAutoencoder } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'

const [configurations, epochs] = process.argv.slice(2).map((argument) => JSON.parse(argument))
const started = performance.now()
const machine = await measureMachine()
const measuring = (performance.now() - started) / 1000
const dataset = await loadDataset('mnist')
const results = []
for (const { training, ...rest } of configurations) {
  const config = completeRunConfig({ ...rest, training: { ...training, epochs } })
  const estimate = await estimateRun(config, datasetCatalog.mnist, machine)
  const seconds = []
  for await (const event of trainAutoencoder({ config, dataset })) {
    // The first epoch compiles.
    if (event.type === 'epochCompleted' && event.metrics.epoch > 1) seconds.push(event.metrics.seconds)
  }
  results.push({ estimated: (estimate.training + estimate.evaluation) / epochs, measured: Math.min(...seconds) })
}
process.stdout.write(`${JSON.stringify({ measuring, results })}\n`)
