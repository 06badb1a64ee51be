import {
  completeRunConfig,
  decodeSafetensors,
  describeSchema,
  epochCatalog,
  latentDimensionOf,
  metricCatalog,
  presets,
  type RunConfig,
  runConfigSchema,
  toWire,
} from '@hourglass/autoencoders'
import { type DatasetId, datasetCatalog } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDataFolder, TestServer } from '../../apps/server/test/startServer.js'
import { recomputeEpoch } from './epoch.js'
import { expectClose } from './expectClose.js'
import { expectParts, type ToldParts } from './expectParts.js'
import { featuresOf } from './features.js'
import { recomputeSpectra } from './jacobians.js'
import { type Measured, rowsOf } from './Measured.js'
import { agreementOf, clusterOnce, mean } from './measures.js'
import { encode, type Row, readNetwork } from './network.js'
import { recomputeSubjects } from './subjects.js'

const FEW_UNITS = 24
const quarter = (width: number) => Math.max(16, Math.ceil(width / 4))

/** One run of each experiment, on few examples: what is tested is what is said of a run, not how good it is. */
const runs = presets.map(({ id, runs: all }, place) => {
  // Long codes take long to differentiate; where a preset has shorter ones, those tell as much.
  const short = all.filter(({ config }) => codeSizeOf(completeRunConfig(config)) <= 128)
  const { label, config } = short[place % short.length] ?? all[0]
  return { preset: id, label, config: reduce(completeRunConfig(config)) }
})

function codeSizeOf({ architecture, data }: RunConfig): number {
  return latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape)
}

function reduce(config: RunConfig): RunConfig {
  const isImages = datasetCatalog[config.data.dataset].kind === 'images'
  const { optimizer, training } = config
  return {
    ...config,
    // What pretraining leaves of narrow layers lies so close together that rounding shows in what is scaled by its spread.
    architecture: isImages && training.pretraining.kind === 'none' ? shrink(config.architecture) : config.architecture,
    data: {
      ...config.data,
      dataset: standIn(config.data.dataset),
      trainCount: isImages ? 48 : 200,
      validationCount: isImages ? 12 : 40,
      testCount: isImages ? (config.architecture.kind === 'convolutional' ? 4 : 10) : 40,
    },
    optimizer: optimizer.kind === 'lbfgs' ? { ...optimizer, iterationsPerEpoch: 5 } : optimizer,
    training: {
      ...training,
      epochs: Math.min(training.epochs, isImages ? 3 : 10),
      pretraining: training.pretraining.kind === 'none' ? training.pretraining : { ...training.pretraining, epochs: 1 },
    },
    evaluation: config.evaluation.labels === null ? config.evaluation : { ...config.evaluation, labels: 40, fineTuningEpochs: 15 },
  }
}

/** Narrows the layers of images' models, whose derivatives take long to compute apart; those of points are narrow as they are. */
function shrink(architecture: RunConfig['architecture']): RunConfig['architecture'] {
  const units = (count: number) => Math.min(count, FEW_UNITS)
  if (architecture.kind === 'dense') {
    const { latentDimension, hiddenWidths } = architecture
    return { ...architecture, latentDimension: units(latentDimension), hiddenWidths: hiddenWidths.map(quarter) }
  }
  const { filters, bottleneck } = architecture
  const few = (count: number) => Math.max(2, Math.ceil(count / 8))
  return {
    ...architecture,
    filters: filters.map(few),
    bottleneck:
      bottleneck.kind === 'dense'
        ? { ...bottleneck, latentDimension: units(bottleneck.latentDimension) }
        : { ...bottleneck, channels: few(bottleneck.channels) },
  }
}

/** Clothes are files that a machine may lack; digits have their shape. */
function standIn(dataset: DatasetId): DatasetId {
  return dataset === 'fashion-mnist' ? 'mnist' : dataset
}

const ALL_METRICS = metricCatalog.map(({ id }) => id).join(' ')
const RUN = `query ($id: ID!) { run(id: $id) {
  status error { message } checkpoints { epoch url } metrics { epoch ${epochCatalog.map(({ id }) => id).join(' ')} }
  analysis {
    subjects { subject metrics { ${ALL_METRICS} } } jacobianSpectra { encoder reconstruction } codeUnits { mean klDivergence }
    tangents { example singularValues } vectorField { meanCosine stepOnCurve } stepResponse { lengths along across }
    exampleErrors { classes { label examples mean least median greatest } }
    storedExamples { share } principalAxes { mean eigenvectors { direction standardDeviation } } codeLine { code }
    rateDistortion { codec points { setting bitsPerPixel meanSquaredError peakSignalToNoiseRatio } pictures { bitsPerPixel peakSignalToNoiseRatio } }
    principalPlane { examples varianceShares } fineTuning { labels epochs pretrainedTestError randomTestError } figures { name url }
    counts { structuralSimilarity linearProbeTrain linearProbeTest kMeans jacobianNorm jacobianSpectra inpainting compression }
  }
} }`

interface Told {
  readonly status: string
  readonly error: { readonly message: string } | null
  readonly checkpoints: readonly { readonly epoch: number; readonly url: string }[]
  readonly metrics: readonly Readonly<Record<string, number | null>>[]
  readonly analysis: {
    readonly subjects: readonly { readonly subject: string; readonly metrics: Readonly<Record<string, number | null>> }[]
    readonly jacobianSpectra: { readonly encoder: readonly number[]; readonly reconstruction: readonly number[] } | null
    readonly counts: Readonly<Record<string, number>>
    readonly figures: readonly { readonly name: string; readonly url: string }[]
  } & ToldParts
}

/** What the files of a run do not tell: how fast it was, what it took of its machine, and what training went through, step by step. */
const UNTOLD = [
  'trainLoss',
  'largestGradient',
  'iterationsTaken',
  ...epochCatalog.flatMap(({ id, role }) => (role === 'speed' || role === 'system' ? id : [])),
]
/** Found by search from random starts, and compared by how far such searches differ. */
const SEARCHED = ['kMeansNormalizedMutualInformation', 'kMeansAdjustedRandIndex']

let folder: Awaited<ReturnType<typeof makeDataFolder>>
let server: TestServer
/** Runs are trained and measured one after the other while those before them are looked at. */
const ids = new Map<string, string>()
beforeAll(async () => {
  folder = await makeDataFolder()
  server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
  const description = describeSchema(runConfigSchema)
  for (const { preset, config } of runs)
    ids.set(preset, await server.launch(toWire(description, config) as Record<string, unknown>, preset))
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

async function readCompleted(id: string): Promise<{ readonly told: Told; readonly checkpoint: Uint8Array }> {
  await server.untilStatus(id, 'COMPLETED', 'FAILED')
  const { run } = await server.data<{ run: Told }>(RUN, { id })
  expect(run.status, run.error?.message).toBe('COMPLETED')
  const last = run.checkpoints.find(({ epoch }) => epoch === run.metrics.at(-1)?.epoch)
  return { told: run, checkpoint: await download(last?.url ?? '') }
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(`${server.url}${url}`, { headers: { connection: 'close' } })
  return new Uint8Array(await response.arrayBuffer())
}

/** What is told of a completed run, and the run itself out of its files. */
async function open(preset: string, config: RunConfig): Promise<{ readonly told: Told; readonly measured: Measured }> {
  const { told, checkpoint } = await readCompleted(ids.get(preset) ?? '')
  const dataset = await loadDataset(config.data.dataset, config.data)
  const network = readNetwork(config.architecture, dataset.exampleShape, decodeSafetensors(checkpoint))
  const { counts, subjects } = told.analysis
  const regularizations = Object.fromEntries(subjects.map(({ subject, metrics }) => [subject, metrics.linearProbeRegularization]))
  return { told, measured: { config, dataset, network, counts, regularizations } }
}

describe.each(runs)('what is told of a run of $preset ($label)', ({ preset, config }) => {
  it('is what its files give', async () => {
    const { told, measured } = await open(preset, config)
    const subjects = recomputeSubjects(measured)
    for (const { subject, metrics } of told.analysis.subjects) {
      for (const [name, value] of Object.entries(metrics)) {
        if (value === null || SEARCHED.includes(name)) continue
        // Two searches for one minimum stop at slightly different places, which may tell one example apart.
        if (name === 'linearProbeAccuracy') {
          expect(Math.abs(value - (subjects[subject]?.[name] ?? Number.NaN)), `${subject} ${name}`).toBeLessThan(
            1.5 / (measured.counts.linearProbeTest ?? 0),
          )
        } else expectClose(value, subjects[subject]?.[name], `${subject} ${name}`)
      }
    }
    const epoch = recomputeEpoch(measured, rowsOf(measured.dataset.validation ?? measured.dataset.test))
    for (const [name, value] of Object.entries(told.metrics.at(-1) ?? {})) {
      if (value !== null && name !== 'epoch' && !UNTOLD.includes(name)) expectClose(value, epoch[name], `epoch ${name}`)
    }
    const { jacobianSpectra } = told.analysis
    if (jacobianSpectra) {
      const spectra = recomputeSpectra(measured)
      for (const part of ['encoder', 'reconstruction'] as const) {
        for (const [index, value] of jacobianSpectra[part].entries())
          expectClose(value, spectra[part][index] ?? 0, `${part} singular value ${index}`)
      }
    }
    await expectParts(told.analysis, measured, async (name) => {
      const file = await download(told.analysis.figures.find((figure) => figure.name === name)?.url ?? '')
      return decodeSafetensors(file).values?.values ?? new Float32Array()
    })
    expectClusters(told, measured)
  })
})

/** Clusters agree with the classes about as much as those of other starts do: within four standard deviations of them. */
function expectClusters(told: Told, measured: Measured): void {
  const { classCount } = datasetCatalog[measured.dataset.id]
  for (const { subject, metrics } of told.analysis.subjects) {
    const featureOf = { MODEL: (row: Row) => encode(measured.network, row), PIXELS: (row: Row) => row }[subject]
    const information = metrics.kMeansNormalizedMutualInformation
    if (!featureOf || information === null || information === undefined) continue
    const { rows, labels } = featuresOf(measured, featureOf).clustered
    let state = 7
    const random = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const agreements = Array.from({ length: 20 }, () => agreementOf(clusterOnce(rows, classCount, random).clusters, labels))
    for (const [name, part] of [
      ['kMeansNormalizedMutualInformation', 'information'],
      ['kMeansAdjustedRandIndex', 'rand'],
    ] as const) {
      const found = agreements.map((agreement) => agreement[part])
      const centre = mean(found)
      const spread = Math.sqrt(mean(found.map((each) => (each - centre) ** 2)))
      expect(Math.abs((metrics[name] ?? Number.NaN) - centre), `${subject} ${name}: ${metrics[name]} among ${found}`).toBeLessThanOrEqual(
        4 * spread + 1e-9,
      )
    }
  }
}
