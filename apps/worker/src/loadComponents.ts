import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodePrincipalComponents, encodePrincipalComponents, type PrincipalComponents } from '@hourglass/autoencoders'
import { computePcaBaseline } from '@hourglass/autoencoders/training'
import type { Dataset, Selection } from '@hourglass/datasets'
import { writeAtomically } from './writeAtomically.js'

export interface ComponentsData {
  readonly dataset: Dataset
  /** How its examples were chosen. */
  readonly selection: Selection
  readonly threads: number
}

/** Loads the principal components of training data, which runs of the same training examples share; computes and keeps them where that was not done yet. */
export async function loadComponents(cacheFolder: string, data: ComponentsData): Promise<PrincipalComponents> {
  const path = componentsPath(cacheFolder, data)
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file) return decodePrincipalComponents(file, data.dataset.train.count)
  const { principalComponents } = await computePcaBaseline(data)
  await writeAtomically(path, encodePrincipalComponents(principalComponents))
  return principalComponents
}

/** Which training examples are chosen depends on their number alone, however many are held out. Those of earlier versions were the first. */
function componentsPath(cacheFolder: string, { dataset: { id, train }, selection }: ComponentsData): string {
  return join(cacheFolder, `${id}-${selection === 'first' ? '' : `${selection}-`}${train.count}.safetensors`)
}
