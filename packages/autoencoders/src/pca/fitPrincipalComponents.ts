import { gatherExamples, type Split } from '@hourglass/datasets'
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { PcaWorkspace } from './PcaWorkspace.js'
import { PrincipalComponents } from './PrincipalComponents.js'

/**
 * Fits principal components to a split: the eigenvectors of its covariance matrix, by falling eigenvalue. With 784 values an example the
 * decomposition keeps the event loop for several seconds.
 */
export async function fitPrincipalComponents(workspace: PcaWorkspace, split: Split): Promise<PrincipalComponents> {
  const mean = meanOf(split)
  const size = mean.length
  const scatter = await workspace.scatterMatrix(split, mean)
  const covariance = Matrix.from1DArray(size, size, scatter).div(split.count)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true })
  const falling = Array.from(realEigenvalues.keys()).sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  return new PrincipalComponents({
    mean,
    components: Float64Array.from(falling.flatMap((column) => eigenvectorMatrix.getColumn(column))),
    variances: Float64Array.from(falling, (column) => realEigenvalues[column] ?? 0),
  })
}

function meanOf(split: Split): Float64Array {
  const size = split.values.length / split.count
  const mean = new Float64Array(size)
  const example = new Float32Array(size)
  const indices = Uint32Array.from({ length: split.count }, (_, index) => index)
  for (let row = 0; row < split.count; row++) {
    gatherExamples(split, indices, row, row + 1, example)
    for (let index = 0; index < size; index++) mean[index] = (mean[index] ?? 0) + (example[index] ?? 0)
  }
  return mean.map((sum) => sum / split.count)
}
