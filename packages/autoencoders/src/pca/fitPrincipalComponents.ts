import { gatherExamples, type Split } from '@hourglass/datasets'
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { PcaWorkspace } from './PcaWorkspace.js'
import { PrincipalComponents, type PrincipalComponentValues } from './PrincipalComponents.js'

/** Fits principal components to a split, as {@link fitPrincipalBasis} does, and leaves out the directions along which nothing varies. */
export async function fitPrincipalComponents(workspace: PcaWorkspace, split: Split): Promise<PrincipalComponents> {
  return new PrincipalComponents(await fitPrincipalBasis(workspace, split))
}

/**
 * Finds an orthonormal basis of the space of a split's examples: the eigenvectors of their covariance matrix, by falling eigenvalue. With 784
 * values an example the decomposition keeps the event loop for seconds.
 */
export async function fitPrincipalBasis(workspace: PcaWorkspace, split: Split): Promise<PrincipalComponentValues> {
  const mean = meanOf(split)
  const size = mean.length
  const scatter = await workspace.scatterMatrix(split, mean)
  // What never varies (the pixels at an image's border) is a component of its own, of variance 0; the others are fewer to decompose.
  const isVarying = Array.from(mean, (_, index) => scatter[index * size + index] !== 0)
  const varying = Uint32Array.from(mean.keys()).filter((index) => isVarying[index])
  const constant = Uint32Array.from(mean.keys()).filter((index) => !isVarying[index])
  const [components, variances] = [new Float64Array(size * size), new Float64Array(size)]
  for (const [row, index] of constant.entries()) components[(varying.length + row) * size + index] = 1
  // One example, or many that are the same, are their mean: nothing is left to decompose.
  if (varying.length === 0) return { mean, components, variances, examples: split.count }
  const covariance = new Matrix(varying.length, varying.length)
  for (const [row, index] of varying.entries()) {
    for (const [column, other] of varying.entries()) covariance.set(row, column, (scatter[index * size + other] ?? 0) / split.count)
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true })
  const falling = Array.from(realEigenvalues.keys()).sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  for (const [row, column] of falling.entries()) {
    // Rounding leaves some that should be 0 below it.
    variances[row] = Math.max(0, realEigenvalues[column] ?? 0)
    for (const [place, index] of varying.entries()) components[row * size + index] = eigenvectorMatrix.get(place, column)
  }
  return { mean, components, variances, examples: split.count }
}

function meanOf(split: Split): Float64Array {
  const size = split.values.length / split.count
  const mean = new Float64Array(size)
  const example = new Float32Array(size)
  const indices = Uint32Array.from({ length: split.count }, (_, index) => index)
  for (let row = 0; row < split.count; row++) {
    gatherExamples(split, { indices, start: row, end: row + 1 }, example)
    for (let index = 0; index < size; index++) mean[index] = (mean[index] ?? 0) + (example[index] ?? 0)
  }
  return mean.map((sum) => sum / split.count)
}
