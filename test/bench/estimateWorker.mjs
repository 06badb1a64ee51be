/**
 * Measures this machine, then for each configuration of a list estimates the seconds of an epoch and trains some; prints as JSON, for each, both
 * numbers, the measured one as the median epoch: with one thread in processor time, which other programs do not add to, else as time passes.
 * node estimateWorker.mjs CONFIGURATIONS EPOCHS THREADS
 */
import { completeRunConfig } from '@hourglass/autoencoders'
import { estimateRun, measureMachine, speedOf, trainAutoencoder } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { median } from './statistics.mjs'

const [configurations, epochs, threads] = process.argv.slice(2).map((argument) => JSON.parse(argument))
const now = () => {
  const { user, system } = process.cpuUsage()
  return threads === 1 ? (user + system) / 1e6 : performance.now() / 1000
}

const started = performance.now()
const machine = speedOf([await measureMachine({ threads })])
const measuring = (performance.now() - started) / 1000
const dataset = await loadDataset('mnist')
const results = []
for (const { training, ...rest } of configurations) {
  const config = completeRunConfig({ ...rest, training: { ...training, epochs } })
  const estimate = await estimateRun(config, datasetCatalog.mnist, machine)
  const seconds = []
  let last
  for await (const event of trainAutoencoder({ config, dataset, threads })) {
    if (event.type !== 'epochCompleted') continue
    // The first epoch compiles.
    if (last !== undefined) seconds.push(now() - last)
    last = now()
  }
  results.push({ estimated: (estimate.training + estimate.evaluation) / epochs, measured: median(seconds) })
}
process.stdout.write(`${JSON.stringify({ measuring, results })}\n`)
