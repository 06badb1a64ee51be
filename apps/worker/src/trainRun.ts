import { hostname } from 'node:os'
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensors,
  optimizerRowOf,
  type PrincipalComponents,
  type RunConfig,
  runConfigFormat,
  toWords,
} from '@hourglass/autoencoders'
import { encodeCodes } from '@hourglass/autoencoders/latent'
import { type EpochCompleted, type TrainingStarted, trainAutoencoder } from '@hourglass/autoencoders/training'
import { type Dataset, datasetCatalog } from '@hourglass/datasets'
import { hashDataset, loadDataset } from '@hourglass/datasets/node'
import { type ArtifactRef, artifactNames, type DatasetRef, describeEarlyStop, type RunAssignment, readStored } from '@hourglass/protocol'
import type { Artifacts } from './Artifacts.js'
import { describeFailure } from './describeFailure.js'
import { EpochFiles } from './EpochFiles.js'
import { encodeSamples, sampleExtension } from './encodeSamples.js'
import { loadComponents } from './loadComponents.js'
import { MeasurementFiles } from './MeasurementFiles.js'
import { measureRun } from './measureRun.js'
import { ProcessUsage } from './ProcessUsage.js'
import type { Reporter } from './Reporter.js'
import { encodeResumeState, findResumeState, type ResumeState } from './ResumeState.js'
import { roundPassing } from './roundPassing.js'
import { StageTimes } from './StageTimes.js'
import { say, sayFailure, warn } from './say.js'
import { counted, sayBeginning, sayDropped, sayEpoch } from './sayTraining.js'
import { toEpochValues } from './toEpochValues.js'
import { WorkerError } from './WorkerError.js'

export interface TrainRunOptions {
  readonly assignment: RunAssignment
  readonly reporter: Reporter
  readonly artifacts: Artifacts
  /** Folder for what runs of the same data share. */
  readonly cacheFolder: string
  /** Ends training after its step, and measuring between two parts. */
  readonly signal: AbortSignal
  /** Resolves when the epoch that was reported last is stored. */
  readonly whenStored: () => Promise<void>
}

interface LoadedRun extends TrainRunOptions {
  readonly config: RunConfig
  readonly dataset: Dataset
  /** Resolves to the hash of its examples, which is computed while the first step is compiled. */
  readonly datasetHash: Promise<string>
  readonly epochFiles: EpochFiles
  /** The run's files as they are listed, those of its epochs added as they are trained. */
  readonly listed: Map<string, ArtifactRef>
}

/** Test examples that every epoch reconstructs: images are looked at one by one, points show the manifold only together. */
const SAMPLE_COUNTS = { images: 16, points: 500 } as const

/** Trains a run as it is assigned, measures it, leaves its files and reports all of it. Throws where training fails. */
export async function trainRun(options: TrainRunOptions): Promise<void> {
  const { assignment, signal } = options
  const read = readStored(runConfigFormat, { version: assignment.spec.version, value: assignment.spec.config })
  if ('problem' in read) throw new WorkerError('CONFIG_UNREADABLE', read.problem)
  const config = read.value
  const dataset = await loadDataset(config.data.dataset, config.data)
  sayBeginning(assignment, config, dataset)
  const datasetHash = hashDataset(dataset)
  // Whoever waits for it hears of a failure; a run that ends before anybody does must not end its process by one.
  datasetHash.catch(() => undefined)
  await requireSameExamples(assignment.spec.dataset, datasetHash)
  const { epochs } = config.training
  const epochFiles = new EpochFiles({ artifacts: options.artifacts, assignment, epochs })
  const listed = new Map(assignment.artifacts.map((ref) => [ref.name, ref]))
  const run: LoadedRun = { ...options, config, dataset, datasetHash, epochFiles, listed }
  // Fewer than the configuration asks for where it stopped early.
  const isTrained = assignment.epochsCompleted >= (assignment.spec.epochs ?? epochs)
  const last = isTrained ? assignment.epochsCompleted : await trainEpochs(run)
  if ((isTrained || assignment.analyze) && !signal.aborted) await measure(run, last)
}

/** Throws DATASET_CHANGED where a run that goes on would see other examples than it saw before. */
async function requireSameExamples(earlier: DatasetRef | null, datasetHash: Promise<string>): Promise<void> {
  if (earlier === null || earlier.hash === null) return
  const hash = await datasetHash
  if (hash === earlier.hash) return
  throw new WorkerError(
    'DATASET_CHANGED',
    `dataset ${earlier.id}: expected the examples that the run has seen so far, of SHA-256 ${earlier.hash}, got others, of ${hash}. Bring the earlier files back, or launch a new run on these.`,
  )
}

/** Trains what is left of a run. Returns the last epoch that is trained. */
async function trainEpochs(run: LoadedRun): Promise<number> {
  const { config, dataset, assignment, reporter, signal, whenStored } = run
  const resumeFrom = await findStart(run)
  const startFrom = resumeFrom ? undefined : await readStart(run)
  let stored: Promise<void> = Promise.resolve()
  let last = assignment.epochsCompleted
  const began = performance.now()
  // Computed by its first step otherwise, which would then be no measure of what that takes.
  const principalComponents = optimizerRowOf(config.optimizer).takesPrincipalComponents ? await componentsOf(run) : null
  const timed = new StageTimes(reporter, principalComponents ? (performance.now() - began) / 1000 : 0)
  const usage = new ProcessUsage()
  let isPretraining = false
  for await (const event of trainAutoencoder({
    config,
    dataset,
    threads: assignment.threads,
    signal,
    sampleCount: SAMPLE_COUNTS[datasetCatalog[dataset.id].kind],
    resumeFrom,
    best: assignment.best,
    startFrom,
    principalComponents: async () => principalComponents ?? componentsOf(run),
  })) {
    await timed.follow(event)
    if (event.type === 'progress') {
      if (event.stage === 'pretraining' && !isPretraining) say('Pretraining layer by layer')
      isPretraining = event.stage === 'pretraining'
      await reporter.report(event)
    } else if (event.type === 'started') {
      await reportStarted(run, event)
      // What loading and compiling took is no part of the first epoch.
      usage.lap()
    } else if (event.type === 'stoppedEarly') {
      await stored
      await reporter.report(event)
      say(`${describeEarlyStop(event)}.`)
    } else {
      const left = { finishedAt: new Date().toISOString(), used: usage.lap() }
      // One epoch is stored while the next one trains; no more than that can pile up with whoever records.
      await stored
      stored = whenStored()
      await reportEpoch(run, event, left)
      last = event.metrics.epoch
      sayEpoch(run, event)
    }
  }
  await stored
  if (!signal.aborted) await timed.end()
  return last
}

/** Finds where to go on, and tells where that is earlier than what is stored. */
async function findStart({ artifacts, assignment, reporter }: LoadedRun): Promise<ResumeState | undefined> {
  const { epochsCompleted } = assignment
  const { state, unusable } = await findResumeState(artifacts, assignment.artifacts, epochsCompleted)
  for (const { message } of unusable) warn(message)
  say(state ? `Continuing after epoch ${state.epoch}` : 'Starting')
  const epoch = state?.epoch ?? 0
  if (epoch < epochsCompleted) {
    warn(`Training epochs ${epoch + 1} to ${epochsCompleted} again, to the values that are stored`)
    await reporter.report({ type: 'resumedEarlier', epoch, unusable: [...unusable] })
  }
  return state
}

/** Reads the model that the run starts from, where it does not start from initial weights. */
async function readStart({ artifacts, assignment }: LoadedRun): Promise<NamedTensors | undefined> {
  const start = assignment.artifacts.find(({ type }) => type === 'start')
  return start && decodeSafetensors(await artifacts.read(start))
}

async function reportStarted({ dataset, datasetHash, artifacts, reporter }: LoadedRun, event: TrainingStarted): Promise<void> {
  const { kind } = datasetCatalog[dataset.id]
  const { engine, runtime, parameterCount, stepsPerEpoch, labels, originals, corrupted } = event
  const extension = sampleExtension(kind)
  const encode = (values: Float32Array) => encodeSamples({ kind, exampleShape: dataset.exampleShape, values })
  const written = [await artifacts.write({ name: artifactNames.originals(extension), type: 'originals', content: encode(originals) })]
  if (corrupted) {
    written.push(await artifacts.write({ name: artifactNames.corrupted(extension), type: 'corrupted', content: encode(corrupted) }))
  }
  const hash = await datasetHash
  const facts = { host: hostname(), engine, runtime, parameterCount, dataset: { id: dataset.id, hash } }
  await reporter.report({ type: 'started', ...facts, sampleLabels: [...labels], artifacts: written })
  const where = runtime === null ? toWords(engine) : `${toWords(engine)} (${runtime})`
  say(`Examples of SHA-256 ${hash}`)
  say(`Engine ${where}, ${counted(parameterCount, 'parameter')}, ${counted(stepsPerEpoch, 'step')} an epoch`)
}

interface EpochEnd {
  readonly finishedAt: string
  /** What the epoch took of the machine. */
  readonly used: Readonly<Record<string, number>>
}

async function reportEpoch(run: LoadedRun, event: EpochCompleted, { finishedAt, used }: EpochEnd): Promise<void> {
  const { dataset, artifacts, assignment, epochFiles, reporter } = run
  const { kind } = datasetCatalog[dataset.id]
  const { metrics, codes, parameters, reconstructions, trainingState } = event
  const { epoch } = metrics
  const values = roundPassing({ ...toEpochValues(metrics), ...used })
  const resume = { name: artifactNames.resume(epoch), type: 'resume', content: encodeResumeState({ epoch, trainingState }) }
  const samples = encodeSamples({ kind, exampleShape: dataset.exampleShape, values: reconstructions })
  const codesFile = encodeCodes({ ...codes, codes: codes.values })
  const files = [
    { name: artifactNames.checkpoint(epoch), type: 'checkpoint', content: encodeSafetensors(parameters) },
    { name: artifactNames.reconstructions(epoch, sampleExtension(kind)), type: 'reconstructions', content: samples },
    { name: artifactNames.codes(epoch), type: 'codes', content: codesFile },
  ]
  if (epoch <= assignment.epochsCompleted) {
    // Its files are there, under names that are never written again, or lost.
    const again = [...(await epochFiles.restore(files)), await artifacts.write(resume)]
    for (const ref of again) run.listed.set(ref.name, ref)
    await reporter.report({ type: 'epoch', epoch, finishedAt, values, artifacts: again })
    return
  }
  const validationLoss = dataset.validation ? metrics.validationLoss : null
  const left = { epoch, validationLoss, files, stateBytes: resume.content.length }
  const [kept, state] = await Promise.all([epochFiles.keep(left), artifacts.write(resume)])
  for (const ref of kept.artifacts) run.listed.set(ref.name, ref)
  const dropped = kept.dropped.length > 0 ? { dropped: [...kept.dropped] } : {}
  await reporter.report({ type: 'epoch', epoch, finishedAt, values, artifacts: [...kept.artifacts, state], ...dropped })
  sayDropped(kept.dropped)
}

/** The principal components of its training examples, which whoever needs them first computes for all runs of the same. */
function componentsOf({ config, dataset, assignment, cacheFolder }: LoadedRun): Promise<PrincipalComponents> {
  return loadComponents(
    { folder: cacheFolder, onProblem: warn },
    { dataset, selection: config.data.selection, threads: assignment.threads },
  )
}

/**
 * Measures the run by the model that stands for it: that of its last epoch, or where it is patient that of the epoch with the lowest validation loss. A
 * failure is told and leaves the run as complete as it is.
 */
async function measure(run: LoadedRun, last: number): Promise<void> {
  const { config, dataset, datasetHash, artifacts, assignment, cacheFolder, epochFiles, listed, reporter, signal } = run
  const epoch = config.training.patience === null ? last : (epochFiles.best?.epoch ?? last)
  const report = (step: number, stepsPerEpoch: number) =>
    reporter.report({
      type: 'progress',
      stage: 'measuring',
      epoch: last,
      step,
      stepsPerEpoch,
      epochs: last,
      imagesPerSecond: 0,
      secondsLeft: 0,
    })
  await report(0, 0)
  say('Measuring on test data')
  try {
    const checkpoint = listed.get(artifactNames.checkpoint(epoch))
    if (!checkpoint) {
      const message = `${artifactNames.checkpoint(epoch)}: expected the checkpoint of epoch ${epoch} among the run's files, got none.`
      throw new WorkerError('ARTIFACT_MISSING', message)
    }
    const { attempt, threads } = assignment
    // Whoever needs them first computes them for all runs of the same data, and what these are compared with: that is no part of what a run takes.
    const principalComponents = await componentsOf(run)
    const engine = `${config.training.engine}, ${threads} threads`
    const shared = new MeasurementFiles({ folder: cacheFolder, onProblem: warn, datasetHash: await datasetHash, engine })
    const started = performance.now()
    const files = { artifacts, attempt, epoch, checkpoint }
    const analysed = await measureRun({ config, dataset, ...files, principalComponents, shared, threads, signal, onPart: report })
    const seconds = (performance.now() - started) / 1000
    await reporter.report({ type: 'timed', stage: 'measuring', seconds: seconds - shared.secondsMaking })
    await reporter.report(analysed)
    say(`Measured in ${seconds.toFixed(1)} s, ${shared.secondsMaking.toFixed(1)} s of it for all runs of the same examples`)
  } catch (error) {
    if (signal.aborted) return
    sayFailure(error)
    await reporter.report({ type: 'analysisFailed', ...describeFailure(error) })
  }
}
