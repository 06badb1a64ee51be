import type { Tensors } from '../files/loadTensors'
import type { CodeCloud } from './codePlot'

export interface StoredCodes extends CodeCloud {
  /** Codes of training examples, `[n, latent dimension]`, where such are stored; those of the test examples where not: long codes have none. */
  readonly trainingCodes: Float32Array
}

/** Reads an epoch's file of codes; null while it is not there. */
export function readCodes(tensors: Tensors | null): StoredCodes | null {
  const codes = tensors?.codes?.values
  const labels = tensors?.labels?.values
  return codes && labels ? { codes, labels, trainingCodes: tensors.trainingCodes?.values ?? codes } : null
}
