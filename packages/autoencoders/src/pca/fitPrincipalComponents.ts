import { gatherExamples, type Split } from '@hourglass/datasets'
import { eigenvectorsOfSymmetric } from './eigen/eigenvectorsOfSymmetric.js'
import type { PcaWorkspace } from './PcaWorkspace.js'
import { PrincipalComponents } from './PrincipalComponents.js'

/**
 * Fits principal components to a split: the eigenvectors of its covariance matrix, by falling eigenvalue. With 784 values an example the
 * decomposition keeps the event loop for a second.
 */
export async function fitPrincipalComponents(workspace: PcaWorkspace, split: Split): Promise<PrincipalComponents> {
  const mean = meanOf(split)
  const size = mean.length
  const scatter = await workspace.scatterMatrix(split, mean)
  // What never varies (the pixels at an image's border) is a component of its own, of variance 0; the others are fewer to decompose.
  const isVarying = Array.from(mean, (_, index) => scatter[index * size + index] !== 0)
  const varying = Uint32Array.from(mean.keys()).filter((index) => isVarying[index])
  const constant = Uint32Array.from(mean.keys()).filter((index) => !isVarying[index])
  const covariance = Float64Array.from({ length: varying.length ** 2 }, (_, entry) => {
    const [row = 0, column = 0] = [varying[Math.floor(entry / varying.length)], varying[entry % varying.length]]
    return (scatter[row * size + column] ?? 0) / split.count
  })
  const { values, vectors } = eigenvectorsOfSymmetric(covariance, varying.length)
  const components = new Float64Array(size * size)
  varying.forEach((index, column) => {
    for (let row = 0; row < varying.length; row++) components[row * size + index] = vectors[row * varying.length + column] ?? 0
  })
  constant.forEach((index, row) => {
    components[(varying.length + row) * size + index] = 1
  })
  const variances = new Float64Array(size)
  variances.set(values.map((value) => Math.max(0, value)))
  return new PrincipalComponents({ mean, components, variances })
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
