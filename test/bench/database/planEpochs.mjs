import { createRandom, datasetCatalog } from '@hourglass/datasets'

/** Of a hundred runs two diverge: their losses are no numbers from some epoch on. */
const DIVERGING = 0.02
const MAXIMUM_TRAIN_COUNT = 60_000

/** Makes up what the epochs of a run measured, by name, as a worker reports it: falling, noisy, null where it is not finite. */
export function planEpochs({ config, index, epochsCompleted }, seed) {
  const random = createRandom(seed, `epochs of run ${index}`)
  const { data, loss, architecture } = config
  const { kind, exampleShape } = datasetCatalog[data.dataset]
  const isVariational = architecture.kind === 'dense' && architecture.encoder?.kind === 'variational'
  const [floor, height, rate] = [0.005 + 0.05 * random.uniform(0), 0.1 + 0.4 * random.uniform(1), 0.1 + random.uniform(2)]
  const secondsOfEpoch = 0.2 + 8 * random.uniform(3)
  const divergesAt = random.uniform(4) < DIVERGING ? 1 + Math.floor(random.uniform(5) * epochsCompleted) : Number.POSITIVE_INFINITY
  const trainCount = Math.min(data.trainCount ?? datasetCatalog[data.dataset].trainCount, MAXIMUM_TRAIN_COUNT)
  return Array.from({ length: epochsCompleted }, (_, place) => {
    const epoch = place + 1
    const noise = (offset) => 1 + 0.02 * random.normal(8 * epoch + offset)
    const fall = floor + height / epoch ** rate
    const seconds = secondsOfEpoch * Math.abs(noise(3))
    const error = fall * 1.05 * noise(1)
    const divergence = isVariational ? 5 * (1 - 1 / epoch) + 1 : undefined
    const values = {
      trainLoss: fall * noise(0),
      validationLoss: error + (divergence ?? 0) / 784,
      validationMeanSquaredError: error / 2,
      validationReconstructionError: error,
      ...(kind === 'images' ? { peakSignalToNoiseRatio: -10 * Math.log10(Math.abs(error) / 2) } : {}),
      meanActivation: 0.3 * noise(2),
      activeUnitShare: 0.9,
      ...(divergence === undefined ? {} : { divergence }),
      ...(loss === 'binaryCrossEntropy'
        ? { bitsPerPixel: error / Math.LN2 + (divergence ?? 0) / exampleShape.reduce((a, b) => a * b, 1) }
        : {}),
    }
    const finite = epoch < divergesAt ? values : Object.fromEntries(Object.keys(values).map((name) => [name, null]))
    return { ...finite, seconds, imagesPerSecond: trainCount / seconds }
  })
}
