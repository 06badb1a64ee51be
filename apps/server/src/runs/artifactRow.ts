import type { ArtifactRef } from '@hourglass/protocol'
import { storedName, storedType } from '../artifacts/storedNames.js'

/** Lays out what is stored of a file beside the run that it belongs to. */
export function artifactRow({ name, type, bytes, sha256, place }: ArtifactRef) {
  return { name: storedName(name), type: storedType(type), bytes, sha256: sha256 === null ? null : Buffer.from(sha256, 'hex'), ...place }
}
