import type { Dataset } from '@hourglass/datasets'
import { type EngineName, usualEngine } from '../config/engineCatalog.js'
import { createEngine } from '../engines/createEngine.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { fitPrincipalBasis } from './fitPrincipalComponents.js'
import { PcaWorkspace } from './PcaWorkspace.js'
import { PrincipalComponents } from './PrincipalComponents.js'

export interface PcaBaselineOptions {
  readonly dataset: Dataset
  /** Threads that one matrix product may use. @default as many as the engine sees fit */
  readonly threads?: number | undefined
  /** @default {@link usualEngine} */
  readonly engine?: EngineName | undefined
}

export interface PcaBaseline {
  /** Mean squared error per value on the test split with k components, at index k − 1, for as many as there are. Not clipped to 0…1. */
  readonly meanSquaredErrors: Float64Array<ArrayBuffer>
  /** Fitted to the training split. */
  readonly principalComponents: PrincipalComponents
}

/**
 * Computes the reference for autoencoders: PCA, the best linear one on the training split (Eckart-Young-Mirsky), evaluated on the test
 * split, for every number of components at once. With an orthonormal basis the squared error of k components is what the others carry.
 */
export async function computePcaBaseline({ dataset, threads, engine = usualEngine }: PcaBaselineOptions): Promise<PcaBaseline> {
  const size = sizeOfShape(dataset.exampleShape)
  const workspace = new PcaWorkspace(await createEngine(engine, { threads }), size)
  try {
    const basis = await fitPrincipalBasis(workspace, dataset.train)
    const principalComponents = new PrincipalComponents(basis)
    const lost = tailSums(await workspace.projectionEnergies(dataset.test, basis)).slice(0, principalComponents.rank)
    return { meanSquaredErrors: lost.map((energy) => energy / (dataset.test.count * size)), principalComponents }
  } finally {
    await workspace.dispose()
  }
}

/** Sums what follows each value: [b + c, c, 0] of [a, b, c]. */
function tailSums(values: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(values.length)
  for (let index = values.length - 2; index >= 0; index--) sums[index] = (sums[index + 1] ?? 0) + (values[index + 1] ?? 0)
  return sums
}
