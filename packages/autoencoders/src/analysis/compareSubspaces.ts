import { Matrix } from 'ml-matrix'
import type { EngineModel } from '../inference/EngineModel.js'
import { principalAngles } from '../metrics/principalAngles.js'
import { decoderJacobians } from '../metrics/tangentDirections.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'

/** Relative difference of two Jacobians within which they are the same but for float32's rounding. */
const SAME = 1e-4

/**
 * Computes the principal angles between the space that an affine decoder reaches and that of as many principal components; undefined where
 * the decoder's Jacobian differs between the two codes [2, latent dimension], or where the code has as many units as the example values or more.
 */
export async function compareSubspaces(
  model: EngineModel,
  { components, size }: PrincipalComponents,
  twoCodes: Float32Array,
): Promise<number[] | undefined> {
  const { latentDimension } = model
  if (latentDimension >= size) return undefined
  const [here, there] = (await decoderJacobians(model, twoCodes)).map((values) => Matrix.from1DArray(size, latentDimension, values))
  if (!here || !there) return undefined
  if (Matrix.sub(here, there).norm('frobenius') > SAME * here.norm('frobenius')) return undefined
  const basis = Matrix.from1DArray(latentDimension, size, components.subarray(0, latentDimension * size)).transpose()
  return principalAngles(here, basis)
}
