import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodePrincipalComponents, encodePrincipalComponents, type PrincipalComponents } from '@hourglass/autoencoders'
import { computePcaBaseline } from '@hourglass/autoencoders/training'
import type { Dataset } from '@hourglass/datasets'
import { writeAtomically } from './writeAtomically.js'

/** Loads the principal components of training data, which runs of the same data share; computes and keeps them where that was not done yet. */
export async function loadComponents(
  cacheFolder: string,
  data: { readonly dataset: Dataset; readonly threads: number },
): Promise<PrincipalComponents> {
  const path = componentsPath(cacheFolder, data.dataset)
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file) return decodePrincipalComponents(file, data.dataset.train.count)
  const { principalComponents } = await computePcaBaseline(data)
  await keepComponents(cacheFolder, data.dataset, principalComponents)
  return principalComponents
}

async function keepComponents(cacheFolder: string, dataset: Dataset, components: PrincipalComponents): Promise<void> {
  await writeAtomically(componentsPath(cacheFolder, dataset), encodePrincipalComponents(components))
}

function componentsPath(cacheFolder: string, { id, train }: Dataset): string {
  return join(cacheFolder, `${id}-${train.count}.safetensors`)
}
