import type { DatasetId } from '../catalog.js'
import type { DatasetDescription, DatasetSource } from '../DatasetDescription.js'

export type SourceKind = DatasetSource['kind']

/** A data set to load from a kind of source. */
export interface SourceRequest<Kind extends SourceKind> {
  readonly id: DatasetId
  readonly description: DatasetDescription
  readonly source: Extract<DatasetSource, { kind: Kind }>
  /** Where to look for its files instead of in its own place. */
  readonly folder: string | undefined
}
