/**
 * What of runs claims are worked out of, and how cases are made of them.
 *
 * A run as the API tells it, of which claims need the configuration in the form of GraphQL, the last epoch and the analysis.
 * @typedef {import('./measureExperiment.mjs').ToldRun} Run
 * @typedef {(runs: readonly Run[]) => readonly boolean[]} Worked one truth a case; NaN compares as false
 */

/** @param {Run} run @param {import('@hourglass/autoencoders').MetricId} metric @param {string} [subject] */
export const of = (run, metric, subject = 'MODEL') =>
  run.analysis?.subjects.find((each) => each.subject === subject)?.metrics[metric] ?? Number.NaN
/** @param {Run} run */
export const mse = (run, subject = 'MODEL') => of(run, 'meanSquaredError', subject)
/** @param {Run} run */
export const raw = (run, subject = 'MODEL') => of(run, 'unclippedMeanSquaredError', subject)
/** @param {Run} run */
export const psnr = (run, subject = 'DENOISED') => of(run, 'peakSignalToNoiseRatio', subject)
/** @param {Run} run */
export const ssim = (run, subject = 'MODEL') => of(run, 'structuralSimilarity', subject)
/** @param {Run} run */
export const probe = (run, subject = 'MODEL') => of(run, 'linearProbeAccuracy', subject)

/** @param {Run} run */
export const dense = ({ config }) => config.architecture.dense
/** @param {Run} run */
export const units = (run) => run.analysis?.codeUnits.length ?? 0
/** @param {Run} run */
export const betaOf = (run) => dense(run)?.encoder.variational?.beta
/** @param {Run} run */
export const noises = ({ config }) => config.corruption.none !== true
/** @param {Run} run */
const penalizes = ({ config }) => config.regularizer.none !== true
/** @param {Run} run */
export const plain = (run) => !noises(run) && !penalizes(run) && betaOf(run) === undefined
/** @param {Run} run */
export const contracts = ({ config }) => Boolean(config.regularizer.contractive)
/** @param {Run} run */
export const sparsifies = ({ config }) => Boolean(config.regularizer.l1 ?? config.regularizer.klSparsity)
/** @param {Run} run */
export const adam = ({ config }) => Boolean(config.optimizer.adam)
/** @param {Run} run */
export const layered = (run) => (dense(run)?.hiddenWidths.length ?? 0) > 0
/** @param {number} value @param {number} least @param {number} most */
export const within = (value, least, most) => value > least && value < most

/** @param {(run: Run) => boolean} holds @param {(run: Run) => boolean} [which] @returns {Worked} */
export const each =
  (holds, which = () => true) =>
  (runs) =>
    runs.filter(which).map(holds)

/**
 * Compares runs of two kinds that share their seed and what else is named.
 * @param {(run: Run) => boolean} first @param {(run: Run) => boolean} second @param {(a: Run, b: Run) => boolean} holds
 * @param {(run: Run) => unknown} [shared] @returns {Worked}
 */
export const pairs =
  (first, second, holds, shared = (run) => [run.config.data, units(run)]) =>
  (runs) =>
    runs
      .filter(first)
      .flatMap((a) =>
        runs
          .filter(
            (b) =>
              b !== a &&
              second(b) &&
              JSON.stringify([shared(a), a.config.training.seed]) === JSON.stringify([shared(b), b.config.training.seed]),
          )
          .map((b) => holds(a, b)),
      )

/** Compares each run with the next one of more of something, seed by seed. @returns {Worked} */
export const steps =
  (/** @type {(run: Run) => number | undefined} */ amount, /** @type {(less: Run, more: Run) => boolean} */ holds) =>
  (/** @type {readonly Run[]} */ runs) =>
    [...new Set(runs.map(({ config }) => config.training.seed))].flatMap((seed) => {
      const ordered = runs
        .filter((run) => run.config.training.seed === seed && amount(run) !== undefined)
        .sort((a, b) => (amount(a) ?? 0) - (amount(b) ?? 0))
      return ordered.slice(1).map((run, index) => holds(ordered[index] ?? run, run))
    })

/** @param {readonly Run[]} runs @param {string} codec @param {number} bits */
export const bestAt = (runs, codec, bits) =>
  Math.max(
    Number.NEGATIVE_INFINITY,
    ...runs.flatMap(({ analysis }) =>
      (analysis?.rateDistortion ?? [])
        .filter((curve) => curve.codec === codec)
        .flatMap(({ points }) => points.filter((point) => point.bitsPerPixel <= bits).map((point) => point.peakSignalToNoiseRatio)),
    ),
  )

/** @param {Run} run */
export function coarsestIsBehind(run) {
  const points = run.analysis?.rateDistortion.find(({ codec }) => codec === 'MODEL')?.points ?? []
  const [coarsest] = [...points].sort((a, b) => a.bitsPerPixel - b.bitsPerPixel)
  return coarsest !== undefined && bestAt([run], 'PCA', coarsest.bitsPerPixel) > coarsest.peakSignalToNoiseRatio
}

/** As many as are asked for, or all that are not held out. @param {any} data */
const trainingExamples = ({ trainCount, validationCount }) => trainCount ?? 60_000 - (validationCount ?? 5_000)

/** @param {Run} run */
export function stepsTaken({ config }) {
  const { lbfgs } = config.optimizer
  return config.training.epochs * (lbfgs ? lbfgs.iterationsPerEpoch : Math.ceil(trainingExamples(config.data) / config.training.batchSize))
}

/** Examples that all steps look at; one of Adam sees a batch, one of L-BFGS all. @param {Run} run */
export const looked = ({ config }) =>
  config.training.epochs * (config.optimizer.lbfgs?.iterationsPerEpoch ?? 1) * trainingExamples(config.data)

/** @param {Run} run */
export const learned = ({ config }) => config.optimizer.closedForm !== true
/** @param {Run} run */
export const passedOn = (run) => of(run, 'scaledReconstructionJacobianNorm') / of(run, 'scaledJacobianNorm')
/** @param {Run} run */
export const stretches = (run) =>
  Math.min(...(run.analysis?.tangents ?? []).map(({ singularValues: [first = 0, second = 0] }) => second / first))
/** @param {Run} run */
export const collapsed = (run) => Math.round(units(run) * (1 - of(run, 'activeUnitShare')))
/** @param {Run} run */
export const gain = (run) => psnr(run) - psnr(run, 'MEDIAN_FILTER')
/** @param {Run} run */
export const inpainted = ({ analysis }) =>
  (analysis?.inpainting?.meanSquaredError ?? Number.NaN) / (analysis?.inpainting?.meanImageMeanSquaredError ?? Number.NaN)
/** @param {Run} run */
export const salt = ({ config }) => Boolean(config.corruption.saltAndPepper)
/** @param {Run} run */
export const gaussianPixels = (run) => run.config.loss === 'MEAN_SQUARED_ERROR' && dense(run)?.outputActivation === 'LINEAR'
/** @param {Run} run */
export const bernoulliPixels = (run) => run.config.loss === 'BINARY_CROSS_ENTROPY' && dense(run)?.outputActivation === 'SIGMOID'
/** @param {Run} run */
export const few = ({ config }) => config.data.trainCount !== null && config.data.trainCount <= 100
/** @param {Run} run */
export const ofNoise = ({ config }) => config.data.dataset === 'noise'
export const rates = [0.1, 0.2, 0.25]
/** @param {Run} run */
export const smaller = (run) => units(run) < 64

/** Whether there are more principal components than code units. @param {Run} run */
export const leavesComponents = (run) => units(run) < (run.analysis?.principalComponents?.rank ?? Number.POSITIVE_INFINITY)

export const overLinear = each((run) => {
  const others = [psnr(run, 'WIENER_FILTER'), ...(leavesComponents(run) ? [psnr(run, 'CORRUPTED_PCA')] : [])]
  return others.every((other) => psnr(run) > other)
}, noises)

/** @type {(decibels: number) => Readonly<Record<string, Worked>>} */
export const overMedian = (decibels) => ({
  'ahead-of-linear': overLinear,
  'ahead-in-psnr': each((run) => gain(run) > decibels, noises),
  'ahead-in-ssim': each((run) => ssim(run, 'DENOISED') > ssim(run, 'MEDIAN_FILTER'), noises),
})

/** @type {(metric: import('@hourglass/autoencoders').MetricId) => readonly [Worked, Worked]} */
const clustersOf = (metric) => [
  each(
    (run) => of(run, metric) - of(run, metric, 'PCA') > 0.03,
    (run) => plain(run) && layered(run),
  ),
  pairs(
    (run) => plain(run) && layered(run),
    (run) => betaOf(run) !== undefined,
    (deep, variational) => of(deep, metric) - of(variational, metric) > 0.03,
  ),
]
export const [nmiOverPca, nmiOverVariational] = clustersOf('kMeansNormalizedMutualInformation')
export const [ariOverPca, ariOverVariational] = clustersOf('kMeansAdjustedRandIndex')
export const task = (/** @type {Run} */ { config }) => [config.data, config.corruption]
