/**
 * Measures this machine, then for each configuration of a list estimates the seconds of an epoch and trains some, and of its analysis and measures it; prints as
 * JSON, for each, both numbers, the measured one of epochs as the median: with one thread in processor time, which other programs do not add to, else as time passes.
 * node estimateWorker.mjs CONFIGURATIONS EPOCHS THREADS
 */
import { completeRunConfig } from '@hourglass/autoencoders'
import { analyzeRun, createEngine } from '@hourglass/autoencoders/analysis'
import { computePcaBaseline, estimateRun, measureMachine, speedOf, trainAutoencoder } from '@hourglass/autoencoders/training'
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
const { principalComponents } = await computePcaBaseline({ dataset })
const results = []
for (const { training, ...rest } of configurations) {
  const config = completeRunConfig({ ...rest, training: { ...training, epochs } })
  const estimate = await estimateRun(config, datasetCatalog.mnist, machine)
  const seconds = []
  let last
  let parameters
  for await (const event of trainAutoencoder({ config, dataset, threads })) {
    if (event.type !== 'epochCompleted') continue
    parameters = event.parameters
    // The first epoch compiles.
    if (last !== undefined) seconds.push(now() - last)
    last = now()
  }
  const engine = await createEngine(config.training.engine, { threads })
  const analyze = () => analyzeRun({ config, dataset, parameters, principalComponents, engine })
  // The first one compiles JavaScript.
  if (results.length === 0) await analyze()
  const analyzed = now()
  await analyze()
  const analysis = { estimated: estimate.analysis, measured: now() - analyzed }
  results.push({ estimated: (estimate.training + estimate.evaluation) / epochs, measured: median(seconds), analysis })
}
process.stdout.write(`${JSON.stringify({ measuring, results })}\n`)
