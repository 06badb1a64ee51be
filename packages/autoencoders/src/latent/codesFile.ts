import type { NamedTensors } from '../tensors/NamedTensors.js'
import { encodeSafetensors } from '../tensors/safetensors.js'

/** Codes of examples, with what the examples show. */
export interface CodeCloud {
  /** `[count, latent dimension]`, row-major. */
  readonly codes: Float32Array
  /** `[count]` */
  readonly labels: ArrayLike<number>
}

/** What an epoch's file of codes holds. */
export interface StoredCodes extends CodeCloud {
  /** Codes of training examples, `[n, latent dimension]`, where more than one is stored; those of the test examples where not: long codes have none. */
  readonly trainingCodes: Float32Array
}

/** What is kept of an epoch's codes. */
export interface EpochCodes extends CodeCloud {
  /** Of training examples; null where none are kept. */
  readonly training: { readonly values: Float32Array; readonly labels: ArrayLike<number> } | null
  /** Distribution of each code unit over the test examples that are encoded. */
  readonly dimensions: readonly {
    readonly minimum: number
    readonly maximum: number
    readonly mean: number
    readonly standardDeviation: number
  }[]
  /** Divergence of each unit from the prior in nats; null unless the encoder is variational. */
  readonly divergences: ArrayLike<number> | null
}

/**
 * Encodes an epoch's codes as a safetensors file. What describes the test examples together comes first, so that it can be read without the rest: `dimensions`
 * [size, 4], the minimum, maximum, mean and standard deviation of each unit, and `divergences` [size] of variational encoders; then `codes`
 * [count, size], `labels` [count] and, where they are kept, `trainingCodes` [n, size] and `trainingLabels` [n].
 */
export function encodeCodes({ codes, labels, training, dimensions, divergences }: EpochCodes): Uint8Array {
  const size = dimensions.length
  const spread = dimensions.flatMap(({ minimum, maximum, mean, standardDeviation }) => [minimum, maximum, mean, standardDeviation])
  return encodeSafetensors({
    dimensions: { shape: [size, 4], values: Float32Array.from(spread) },
    ...(divergences ? { divergences: { shape: [size], values: Float32Array.from(divergences) } } : {}),
    codes: { shape: [labels.length, size], values: codes },
    ...(training ? { trainingCodes: { shape: [training.labels.length, size], values: training.values } } : {}),
    labels: { shape: [labels.length], values: Float32Array.from(labels) },
    ...(training ? { trainingLabels: { shape: [training.labels.length], values: Float32Array.from(training.labels) } } : {}),
  })
}

/** Reads the codes out of the tensors of such a file; null before it is there, and where it holds others. */
export function readCodes(tensors: NamedTensors | null): StoredCodes | null {
  const codes = tensors?.codes?.values
  const labels = tensors?.labels?.values
  const training = tensors?.trainingCodes
  // A single code varies along no direction.
  return codes && labels ? { codes, labels, trainingCodes: training && (training.shape[0] ?? 0) > 1 ? training.values : codes } : null
}

/** Reads the codes of training examples; null before the file is there, where it holds none, and where an earlier version left their classes out. */
export function readTrainingCodes(tensors: NamedTensors | null): CodeCloud | null {
  const codes = tensors?.trainingCodes?.values
  const labels = tensors?.trainingLabels?.values
  return codes && labels ? { codes, labels } : null
}
