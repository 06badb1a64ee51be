import { datasetCatalog, datasetIds } from '../catalog.js'
import { checkSource, type DatasetFolders, type DatasetStatus } from './datasetSources.js'

/** Tells which data sets can be loaded here, in the order of the catalog; looks for files without reading them. */
export async function checkDatasets({ folders }: DatasetFolders = {}): Promise<DatasetStatus[]> {
  const requests = datasetIds.map((id) => ({
    id,
    description: datasetCatalog[id],
    source: datasetCatalog[id].source,
    folder: folders?.[id],
  }))
  return Promise.all(requests.map((request) => checkSource(request)))
}
