import type { DatasetId } from '../catalog.js'
import type { Split } from '../Split.js'
import { findImageFiles } from './imageFiles.js'
import { loadImages } from './loadImages.js'
import type { SourceKind, SourceRequest } from './SourceRequest.js'

export interface DatasetFolders {
  /** Where to look for the files of a data set instead of in its own place. */
  readonly folders?: Readonly<Partial<Record<DatasetId, string>>> | undefined
}

export interface SplitCounts {
  readonly train: number
  readonly test: number
}

/** Whether a data set can be loaded on this machine. */
export interface DatasetStatus {
  readonly id: DatasetId
  readonly available: boolean
  /** Where its files are looked for; null for data sets that are made, not read. */
  readonly folder: string | null
  /** Names of the files that are not there; empty where it is available. */
  readonly missing: readonly string[]
  /** What to do to get it; null where it is available. */
  readonly howToGet: string | null
}

interface Splits {
  readonly train: Split
  readonly test: Split
}

interface SourceLoader<Kind extends SourceKind> {
  readonly check: (request: SourceRequest<Kind>) => Promise<DatasetStatus>
  readonly load: (request: SourceRequest<Kind>, counts: SplitCounts) => Promise<Splits>
}

// Examples that are made are part of what a data set is: every run sees the same ones, whatever its own seed.
const datasetSeed = 0

/** How the examples of each kind of source come into memory. */
const loaders: { readonly [Kind in SourceKind]: SourceLoader<Kind> } = {
  made: {
    check: async ({ id }) => ({ id, available: true, folder: null, missing: [], howToGet: null }),
    load: async ({ source: { make } }, counts) => ({
      train: await make({ count: counts.train, seed: datasetSeed, stream: 'train' }),
      test: await make({ count: counts.test, seed: datasetSeed, stream: 'test' }),
    }),
  },
  idx: {
    check: async ({ id, source, folder: given }) => {
      const { folder = null, missing } = await findImageFiles(source, given)
      const available = missing.length === 0
      return { id, available, folder, missing, howToGet: available ? null : source.howToGet }
    },
    load: loadImages,
  },
}

/** Tells whether a data set can be loaded on this machine, without reading its files. */
export function checkSource<Kind extends SourceKind>(request: SourceRequest<Kind>): Promise<DatasetStatus> {
  return loaders[request.source.kind as Kind].check(request)
}

/** Loads the first examples of each split of a data set, and maybe more; throws what its source throws. */
export function loadSource<Kind extends SourceKind>(request: SourceRequest<Kind>, counts: SplitCounts): Promise<Splits> {
  return loaders[request.source.kind as Kind].load(request, counts)
}
