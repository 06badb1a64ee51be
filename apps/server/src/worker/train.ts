/** The process that trains one run: loads the data, trains, writes the run's files and reports to the server. */
import { encodeSafetensors, epochMetricCatalog, type RunConfig, runConfigSchema } from '@hourglass/autoencoders'
import { type EpochCompleted, type EpochMetrics, type TrainingStarted, trainAutoencoder } from '@hourglass/autoencoders/training'
import { type Dataset, datasetCatalog } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { encodeSamples } from '../artifacts/encodeSamples.js'
import { artifactPath, runFiles } from '../artifacts/runFiles.js'
import { writeAtomically } from '../artifacts/writeAtomically.js'
import type { EpochMeasurements } from '../runs/epochMeasurements.js'
import { describeFailure } from './describeFailure.js'
import { measureRun } from './measureRun.js'
import type { TrainingCommand, TrainingReport } from './messages.js'
import { ParentChannel } from './ParentChannel.js'
import { encodeResumeState, readResumeState } from './ResumeState.js'

type TrainCommand = Extract<TrainingCommand, { type: 'train' }>

/** Test examples that every epoch reconstructs: images are looked at one by one, points show the manifold only together. */
const SAMPLE_COUNTS = { images: 16, points: 500 } as const

const stopping = new AbortController()
let confirmStored: (() => void) | undefined
const server = new ParentChannel<TrainingCommand, TrainingReport>((command) => {
  if (command.type === 'train') void run(command)
  else if (command.type === 'stop') stopping.abort()
  else confirmStored?.()
})

async function run(command: TrainCommand): Promise<void> {
  try {
    await train(command)
    await server.send({ type: 'done', reason: stopping.signal.aborted ? 'stopped' : 'completed' })
  } catch (error) {
    console.error(error)
    await server.send({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}

async function train(command: TrainCommand): Promise<void> {
  const config = runConfigSchema.parse(command.config)
  const dataset = await loadDataset(config.data.dataset, config.data)
  const isTrained = command.epochsCompleted >= config.training.epochs
  if (!isTrained) await trainEpochs({ ...command, config, dataset })
  if ((isTrained || command.analyze) && !stopping.signal.aborted) await analyze({ ...command, config, dataset })
}

interface LoadedRun extends TrainCommand {
  readonly config: RunConfig
  readonly dataset: Dataset
}

async function trainEpochs({ config, dataset, folder, threads, epochsCompleted }: LoadedRun): Promise<void> {
  const resumeFrom = await readResumeState(folder, epochsCompleted)
  say(resumeFrom ? `Continuing after epoch ${resumeFrom.epoch}` : 'Starting')
  let stored: Promise<void> = Promise.resolve()
  for await (const event of trainAutoencoder({
    config,
    dataset,
    threads,
    signal: stopping.signal,
    sampleCount: SAMPLE_COUNTS[datasetCatalog[dataset.id].kind],
    ...(resumeFrom ? { resumeFrom } : {}),
  })) {
    if (event.type === 'started') {
      await writeOriginals(folder, dataset, event)
      const { engine, runtime, parameterCount, labels, corrupted } = event
      const samples = { sampleLabels: [...labels], hasCorruptedSamples: corrupted !== null }
      await server.send({ type: 'started', engine, runtime, parameterCount, ...samples })
      const where = runtime === null ? engine : `${engine} (${runtime})`
      say(`Engine ${where}, ${parameterCount} parameters, ${event.stepsPerEpoch} steps an epoch`)
    } else if (event.type === 'progress') {
      await server.send(event)
    } else {
      const finishedAt = new Date()
      // One epoch is stored while the next one trains; no more than that can pile up in the server.
      await stored
      stored = new Promise((resolve) => {
        confirmStored = resolve
      })
      const checkpointBytes = await writeEpoch(folder, dataset, event)
      await server.send(toReport(event, { finishedAt, checkpointBytes }))
      sayEpoch(event, config.training.epochs)
    }
  }
  await stored
}

/** Measures the run as its last epoch left it. A failure is told and leaves the run as complete as it is. */
async function analyze({ config, dataset, folder, threads, componentsPath }: LoadedRun): Promise<void> {
  const { epochs } = config.training
  await server.send({
    type: 'progress',
    stage: 'measuring',
    epoch: epochs,
    step: 0,
    stepsPerEpoch: 0,
    epochs,
    imagesPerSecond: 0,
    secondsLeft: 0,
  })
  say('Measuring on test data')
  try {
    const record = await measureRun({ config, dataset, folder, componentsPath, threads, signal: stopping.signal })
    await server.send({ type: 'analyzed', ...record })
    say(`Measured in ${record.measured.seconds.toFixed(1)} s`)
  } catch (error) {
    if (stopping.signal.aborted) return
    console.error(error)
    await server.send({ type: 'analysisFailed', ...describeFailure(error) })
  }
}

async function writeOriginals(folder: string, dataset: Dataset, { originals, corrupted }: TrainingStarted): Promise<void> {
  const { kind } = datasetCatalog[dataset.id]
  const write = (file: string, values: Float32Array) =>
    writeAtomically(artifactPath(folder, file), encodeSamples({ kind, exampleShape: dataset.exampleShape, values }))
  await write(runFiles.originals(kind), originals)
  if (corrupted) await write(runFiles.corrupted(kind), corrupted)
}

/** Writes the files of one epoch and returns the size of its checkpoint in bytes. */
async function writeEpoch(folder: string, dataset: Dataset, event: EpochCompleted): Promise<number> {
  const { kind } = datasetCatalog[dataset.id]
  const { metrics, codes, parameters, trainingState } = event
  const { epoch } = metrics
  const checkpoint = encodeSafetensors(parameters)
  const samples = encodeSamples({ kind, exampleShape: dataset.exampleShape, values: event.reconstructions })
  const write = (file: string, content: Uint8Array) => writeAtomically(artifactPath(folder, file), content)
  await Promise.all([
    write(runFiles.checkpoint(epoch), checkpoint),
    write(runFiles.reconstructions(kind, epoch), samples),
    write(runFiles.codes(epoch), encodeCodes(codes)),
    write(runFiles.nextResume, encodeResumeState({ epoch, trainingState })),
  ])
  return checkpoint.length
}

function encodeCodes({ values, labels, training }: EpochCompleted['codes']): Uint8Array {
  const latentDimension = values.length / labels.length
  return encodeSafetensors({
    codes: { shape: [labels.length, latentDimension], values },
    ...(training ? { trainingCodes: { shape: [training.length / latentDimension, latentDimension], values: training } } : {}),
    labels: { shape: [labels.length], values: Float32Array.from(labels) },
  })
}

function toReport({ metrics, codes }: EpochCompleted, written: { finishedAt: Date; checkpointBytes: number }): TrainingReport {
  const codeDimensions = Float64Array.from(
    codes.dimensions.flatMap(({ minimum, maximum, mean, standardDeviation }) => [minimum, maximum, mean, standardDeviation]),
  )
  const { epoch, trainLoss, validationLoss, validationMeanSquaredError, seconds, imagesPerSecond } = metrics
  const losses = { trainLoss, validationLoss, validationMeanSquaredError }
  return {
    type: 'epochCompleted',
    metrics: { epoch, ...losses, measurements: toMeasurements(metrics), seconds, imagesPerSecond },
    ...written,
    codeCount: codes.labels.length,
    codeDimensions,
    codeDivergences: codes.divergences && Float64Array.from(codes.divergences),
  }
}

/** JSON has no numbers that are not finite. */
function toMeasurements(metrics: EpochMetrics): EpochMeasurements {
  const finite = epochMetricCatalog.map(({ id }) => [id, Number.isFinite(metrics[id]) ? metrics[id] : null] as const)
  return Object.fromEntries(finite) as EpochMeasurements
}

function sayEpoch({ metrics }: EpochCompleted, epochs: number): void {
  const { epoch, trainLoss, validationLoss, seconds, imagesPerSecond } = metrics
  const speed = `${seconds.toFixed(2)} s, ${Math.round(imagesPerSecond)} images/s`
  say(`Epoch ${epoch}/${epochs}: training loss ${trainLoss.toPrecision(6)}, validation loss ${validationLoss.toPrecision(6)}, ${speed}`)
}

/** Writes a line to the run's log. */
function say(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`)
}
