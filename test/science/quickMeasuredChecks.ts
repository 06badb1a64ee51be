import type { Claim, QuickCheck } from './quickChecks.js'
import type { QuickRun } from './quickRuns.js'

const loss = ({ run }: QuickRun) => run.metrics.trainLoss

/** Highest PSNR that points of these codecs reach for at most so many bits a pixel. */
function bestWithin(runs: readonly QuickRun[], codec: 'MODEL' | 'PCA' | 'JPEG', bitsPerPixel: number): number {
  const points = runs
    .flatMap(({ analysis }) => analysis.rateDistortion.filter((curve) => curve.codec === codec))
    .flatMap((curve) => curve.points)
  return Math.max(...points.filter((point) => point.bitsPerPixel <= bitsPerPixel).map((point) => point.peakSignalToNoiseRatio))
}

/** Collapsed units of sixteen. */
const collapsed = ({ measured }: QuickRun) => Math.round(16 * (1 - measured('activeUnitShare')))

/** Of what is measured beside reconstructions. */
export const measuredChecks: Readonly<Record<string, QuickCheck>> = {
  sparse: ({ all, of }) => [
    { what: 'no penalty: mean activation', value: of('no penalty').measured('meanActivation'), above: 0.4, below: 0.6 },
    ...all.slice(1).flatMap((run): Claim[] => [
      { what: `${run.label}: mean activation`, value: run.measured('meanActivation'), below: 0.08 },
      { what: `${run.label}: share of units on`, value: run.measured('onShare'), below: 0.25 },
      { what: `${run.label}: SSIM`, value: run.measured('structuralSimilarity'), above: 0.7 },
    ]),
  ],
  contractive: ({ of }) => {
    const [plain, strong] = [of('plain'), of('λ = 10')]
    return [
      { what: 'Jacobian norm, times smaller', value: plain.measured('jacobianNorm') / strong.measured('jacobianNorm'), above: 9 },
      {
        what: 'error over plain’s',
        value: strong.measured('unclippedMeanSquaredError') / plain.measured('unclippedMeanSquaredError'),
        below: 1.3,
      },
    ]
  },
  'dae-cae': ({ of }) => {
    const [plain, dae, adam, lbfgs] = [of('plain, Adam'), of('DAE, Adam'), of('CAE, Adam'), of('CAE, L-BFGS')]
    const norm = (run: QuickRun) => run.measured('jacobianNorm') / plain.measured('jacobianNorm')
    const psnr = (subject: 'DENOISED' | 'CORRUPTED') => dae.measured('peakSignalToNoiseRatio', subject)
    const { trainCount } = adam.run.config.data
    const steps = adam.run.config.training.epochs * Math.ceil((trainCount ?? 0) / adam.run.config.training.batchSize)
    const { optimizer, training } = lbfgs.run.config
    const iterations = optimizer.kind === 'lbfgs' ? training.epochs * optimizer.iterationsPerEpoch : Number.NaN
    return [
      { what: 'Adam: steps for each of L-BFGS’s', value: steps / iterations, above: 20 },
      { what: 'L-BFGS: objective over Adam’s', value: loss(lbfgs) / loss(adam), below: 1.1 },
      { what: 'DAE: dB over its noisy inputs', value: psnr('DENOISED') - psnr('CORRUPTED'), above: 2 },
      { what: 'DAE: norm over the plain one’s', value: norm(dae), below: 0.6 },
      { what: 'CAE, Adam: norm over the plain one’s', value: norm(adam), below: 0.6 },
    ]
  },
  pretraining: ({ all }) =>
    all.map(({ label, analysis: { fineTuning } }) => ({
      what: `${label}: points of test error saved`,
      value: 100 * ((fineTuning?.randomTestError ?? Number.NaN) - (fineTuning?.pretrainedTestError ?? Number.NaN)),
      above: 0,
    })),
  beta: ({ all }) => [
    ...all.map((run, index) => ({
      what: `${run.label}: collapsed units of 16`,
      value: collapsed(run),
      above: index < 2 ? -1 : collapsed(all[index - 1] ?? run),
    })),
    { what: 'β = 16: error over the mean image’s', value: overMeanImage(all.at(-1)), above: 0.7 },
    { what: 'β = 0.25: error over the mean image’s', value: overMeanImage(all[0]), below: 0.25 },
  ],
  inpainting: ({ all }) =>
    all.map(({ label, analysis: { inpainting } }) => ({
      what: `${label}: error over the mean image’s`,
      value: (inpainting?.meanSquaredError ?? Number.NaN) / (inpainting?.meanImageMeanSquaredError ?? Number.NaN),
      ...(label === 'variational' ? { below: 0.8 } : { above: 1.2 }),
    })),
  likelihoods: ({ of }) => {
    const [gaussian, bernoulli] = [of('Gaussian'), of('Bernoulli')]
    const [error, ssim] = ['meanSquaredError', 'structuralSimilarity'] as const
    return [
      { what: 'Bernoulli: error over Gaussian’s', value: bernoulli.measured(error) / gaussian.measured(error), below: 0.95 },
      { what: 'Bernoulli: SSIM over Gaussian’s', value: bernoulli.measured(ssim) - gaussian.measured(ssim), above: 0.05 },
      {
        what: 'Gaussian: error that lies outside of 0…1',
        value: gaussian.measured('unclippedMeanSquaredError') - gaussian.measured(error),
        above: 0.0005,
      },
    ]
  },
  features: ({ of }) =>
    (
      [
        ['deep, z = 64', -0.02, 0.03],
        ['denoising, z = 512', 0.03, 0.2],
        ['linear, z = 64', -0.02, 0.02],
      ] as const
    ).map(([label, above, below]) => ({
      what: `${label}: accuracy over PCA’s`,
      value: of(label).measured('linearProbeAccuracy') - of(label).measured('linearProbeAccuracy', 'PCA'),
      above,
      below,
    })),
  clustering: ({ of }) => {
    const [deep, variational] = [of('deep, z = 10'), of('variational, z = 10')]
    return (['kMeansNormalizedMutualInformation', 'kMeansAdjustedRandIndex'] as const).flatMap((metric): Claim[] => [
      { what: `deep: ${metric} over PCA’s`, value: deep.measured(metric) - deep.measured(metric, 'PCA'), above: 0.03 },
      { what: `deep: ${metric} over the variational one’s`, value: deep.measured(metric) - variational.measured(metric), above: 0.03 },
    ])
  },
  compression: ({ all }) => [
    ...[0.1, 0.2, 0.25].flatMap((bits): Claim[] => {
      const [model, pca] = [bestWithin(all, 'MODEL', bits), bestWithin(all, 'PCA', bits)]
      const jpeg = bestWithin(all, 'JPEG', bits)
      return [
        { what: `${bits} bits: dB over PCA`, value: model - pca, above: 0 },
        ...(Number.isFinite(jpeg) ? [{ what: `${bits} bits: dB over JPEG`, value: model - jpeg, above: 0 }] : []),
      ]
    }),
    { what: 'with many bits: dB of JPEG over every code', value: bestWithin(all, 'JPEG', 9) - bestWithin(all, 'MODEL', 9), above: 3 },
    { what: 'z = 64, coarsest: dB of PCA over the code at as many bits', value: aheadAtCoarsest(all.at(-1)), above: 0 },
  ],
}

function overMeanImage(run: QuickRun | undefined): number {
  return run ? run.measured('meanSquaredError') / run.measured('meanSquaredError', 'MEAN_IMAGE') : Number.NaN
}

/** How much better PCA is than a code where that is quantised most coarsely, at the same bits a pixel or fewer. */
function aheadAtCoarsest(run: QuickRun | undefined): number {
  const curve = run?.analysis.rateDistortion.find(({ codec }) => codec === 'MODEL')
  const [coarsest] = curve?.points.toSorted((a, b) => a.bitsPerPixel - b.bitsPerPixel) ?? []
  return run && coarsest ? bestWithin([run], 'PCA', coarsest.bitsPerPixel) - coarsest.peakSignalToNoiseRatio : Number.NaN
}
