import { type DatasetId, datasetIds } from '../catalog.js'
import { findImageFiles, type ImageFolderOptions, imageSources } from './imageFiles.js'

/** Whether a dataset can be loaded on this machine. */
export interface DatasetStatus {
  readonly id: DatasetId
  readonly available: boolean
  /** Where its files are looked for; null for datasets that are made, not read. */
  readonly folder: string | null
  /** Names of the files that are not there; empty where it is available. */
  readonly missing: readonly string[]
  /** What to do to get it; null where it is available. */
  readonly howToGet: string | null
}

/** Tells which datasets can be loaded here, in the order of the catalog; looks for files without reading them. */
export async function checkDatasets(options: ImageFolderOptions = {}): Promise<DatasetStatus[]> {
  return Promise.all(datasetIds.map((id) => checkDataset(id, options)))
}

async function checkDataset(id: DatasetId, options: ImageFolderOptions): Promise<DatasetStatus> {
  if (id !== 'mnist' && id !== 'fashion-mnist') return { id, available: true, folder: null, missing: [], howToGet: null }
  const { folder = null, missing } = await findImageFiles(id, options)
  const available = missing.length === 0
  return { id, available, folder, missing, howToGet: available ? null : imageSources[id].howToGet }
}
