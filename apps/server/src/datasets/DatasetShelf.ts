import { type DatasetDescription, datasetIds, isDatasetId, requireDataset } from '@hourglass/datasets'
import { checkDatasets, type DatasetStatus } from '@hourglass/datasets/node'
import { errorCodes, HourglassError } from '../HourglassError.js'

export interface ShelvedDataset extends DatasetDescription {
  readonly id: string
  readonly available: boolean
  readonly howToGet: string | null
}

/** Files appear while the server runs (someone installs a package), so what was found is looked up again after this long, in milliseconds. */
const FRESH_FOR = 5_000

/** Knows every data set and whether it is on this machine. */
export class DatasetShelf {
  #checked: Promise<DatasetStatus[]> | undefined
  #checkedAt = 0

  async list(): Promise<ShelvedDataset[]> {
    return Promise.all(datasetIds.map((id) => this.get(id)))
  }

  async get(id: string): Promise<ShelvedDataset> {
    const status = (await this.#check()).find((candidate) => candidate.id === id)
    return { ...requireDataset(id), id, available: status?.available ?? false, howToGet: status?.howToGet ?? null }
  }

  /** Finds a data set by a name that may be any, as stored; null where it is none that is known here. */
  async find(id: string): Promise<ShelvedDataset | null> {
    return isDatasetId(id) ? this.get(id) : null
  }

  /** Throws DATASET_UNAVAILABLE, with how to get it, where a data set is not on this machine. */
  async require(id: string): Promise<void> {
    const { title, available, howToGet } = await this.get(id)
    if (available) return
    throw new HourglassError(errorCodes.datasetUnavailable, `The dataset ${title} is not on this machine. ${howToGet ?? ''}`.trim(), {
      dataset: id,
      howToGet,
    })
  }

  #check(): Promise<DatasetStatus[]> {
    if (!this.#checked || performance.now() - this.#checkedAt > FRESH_FOR) {
      this.#checkedAt = performance.now()
      this.#checked = checkDatasets()
      this.#checked.catch(() => {
        this.#checked = undefined
      })
    }
    return this.#checked
  }
}
