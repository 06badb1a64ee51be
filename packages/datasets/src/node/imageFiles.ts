import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { IdxSource } from '../DatasetDescription.js'

/** Names that the four files have in the folder of every data set; each may end in `.gz`. */
export const imageFileNames = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const
export type ImageFile = keyof typeof imageFileNames

/** Tells where the files of a source should be; undefined where there is not even a folder to look in. */
function folderOf({ npmPackage, variable, folder }: IdxSource): string | undefined {
  const named = variable === undefined ? undefined : process.env[variable]
  return named || (npmPackage ? folderInPackage(npmPackage) : folder)
}

function folderInPackage({ name, folder }: NonNullable<IdxSource['npmPackage']>): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), folder)
  } catch {
    return undefined
  }
}

/** What a look into a data set's folder found. */
export interface ImageFileSearch {
  readonly folder: string | undefined
  readonly found: Readonly<Partial<Record<ImageFile, string>>>
  /** Names of the files that are not there or may not be read. */
  readonly missing: readonly string[]
}

/** Looks for the four files of an image data set, in its own place or in the folder that is given, unpacked before gzip-compressed, without reading them. */
export async function findImageFiles(source: IdxSource, given?: string): Promise<ImageFileSearch> {
  const folder = given || folderOf(source)
  if (folder === undefined) return { folder, found: {}, missing: Object.values(imageFileNames) }
  const found: Partial<Record<ImageFile, string>> = {}
  const missing: string[] = []
  for (const [file, name] of Object.entries(imageFileNames) as [ImageFile, string][]) {
    const path = await firstReadable([join(folder, name), join(folder, `${name}.gz`)])
    if (path === undefined) missing.push(name)
    else found[file] = path
  }
  return { folder, found, missing }
}

async function firstReadable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      await access(path, constants.R_OK)
      return path
    } catch {}
  }
  return undefined
}
