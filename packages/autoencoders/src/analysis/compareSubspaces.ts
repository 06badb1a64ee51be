import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import type { EngineModel } from '../inference/EngineModel.js'
import { principalAngles } from '../metrics/principalAngles.js'
import { decoderJacobians } from '../metrics/tangentDirections.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'

/** Singular value, as a share of the largest, that is told from the rounding of float32. */
const ROUNDING = 1e-5

/**
 * Computes the principal angles between the space that an affine decoder reaches and that of as many principal components. Undefined where one of
 * them has fewer dimensions than the code has units, so that no two spaces of that many are there to be compared, and where both are all of the space
 * of examples.
 */
export async function compareSubspaces(model: EngineModel, { components, size, rank }: PrincipalComponents): Promise<number[] | undefined> {
  const { latentDimension } = model
  if (latentDimension >= size || latentDimension > rank) return undefined
  // The Jacobian of an affine decoder is the same at every code.
  const [values] = await decoderJacobians(model, new Float32Array(latentDimension))
  if (!values?.every(Number.isFinite)) return undefined
  const jacobian = Matrix.from1DArray(size, latentDimension, values)
  const { diagonal } = new SingularValueDecomposition(jacobian)
  if ((diagonal.at(-1) ?? 0) <= ROUNDING * (diagonal[0] ?? 0)) return undefined
  const basis = Matrix.from1DArray(latentDimension, size, components.subarray(0, latentDimension * size)).transpose()
  return principalAngles(jacobian, basis)
}
