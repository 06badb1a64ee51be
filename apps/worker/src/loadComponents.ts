import {
  decodePrincipalComponents,
  encodePrincipalComponents,
  type PrincipalComponents,
  roundPrincipalComponents,
} from '@hourglass/autoencoders'
import { computePcaBaseline } from '@hourglass/autoencoders/training'
import type { Dataset, Selection } from '@hourglass/datasets'
import { CachedFiles, type CachedFilesOptions } from './CachedFiles.js'

export interface ComponentsData {
  readonly dataset: Dataset
  /** How its examples were chosen. */
  readonly selection: Selection
  readonly threads: number
}

/** Where components are kept, and who is told of one that is made anew. */
export type ComponentsCache = Pick<CachedFilesOptions, 'folder' | 'onProblem'>

/**
 * Loads the principal components of training data, which runs of the same training examples share; computes and keeps them where that was not done yet, or where
 * what is kept is not what was written.
 */
export async function loadComponents(cache: ComponentsCache, data: ComponentsData): Promise<PrincipalComponents> {
  const { train, exampleShape } = data.dataset
  const size = exampleShape.reduce((product, side) => product * side, 1)
  return new CachedFiles({ ...cache, extension: 'safetensors' }).use(keyOf(data), {
    read: (content) => {
      const components = decodePrincipalComponents(content, train.count)
      if (components.size === size) return components
      throw new TypeError(`expected components of examples of ${size} values, got some of ${components.size}.`)
    },
    make: async () => roundPrincipalComponents((await computePcaBaseline(data)).principalComponents),
    write: encodePrincipalComponents,
  })
}

/** Which training examples are chosen depends on their number alone, however many are held out. Those of earlier versions were the first. */
function keyOf({ dataset: { id, train }, selection }: ComponentsData): string {
  return `${id}-${selection === 'first' ? '' : `${selection}-`}${train.count}`
}
