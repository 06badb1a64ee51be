import { statSync } from 'node:fs'
import { join } from 'node:path'
import { artifactNames, artifactRefSchema } from '@hourglass/protocol'
import { nameOfStored, storedName } from '../artifacts/storedNames.js'
import { readChunk } from '../database/seriesChunk.js'
import type { Row } from './ArchiveRows.js'
import { inWords } from './archiveLimits.js'
import { wrongCell } from './checkCells.js'
import { unreadable } from './unreadable.js'

/** Throws an UpkeepError where a stretch of a series holds other epochs or steps than it says. One that is damaged is told of by the run's page. */
export function requireFittingChunk({ axis, first, last, data }: Row): void {
  if (Number(first) > Number(last)) throw unreadable('SeriesChunk', 'last')
  const read = readChunk(data as Uint8Array)
  if ('problem' in read) return
  const wrong = read.value.find(({ at }) => at < Number(first) || at > Number(last))
  if (!wrong) return
  const cell = { table: 'SeriesChunk', name: 'data', row: `${axis}, ${first}` }
  throw wrongCell(cell, `places from ${first} to ${last}`, String(wrong.at))
}

/** Tells how large a file in a run's folder is; null where there is none. */
export type SizeOf = (name: string) => number | null

/** Looks at files below the folder of a run in an archive. */
export function sizesIn(folder: string, runId: string): SizeOf {
  const known = new Map<string, number | null>()
  return (name) => {
    const size = known.get(name)
    if (size !== undefined) return size
    const found = statSync(join(folder, 'runs', runId, ...name.split('/')), { throwIfNoEntry: false })?.size ?? null
    known.set(name, found)
    return found
  }
}

/** Throws an UpkeepError where a file is listed with another size than it has in the archive, or behind the end of its pack. One that is missing is lost. */
export function requireFittingFile(row: Row, sizeOf: SizeOf): void {
  const [bytes, offset] = [Number(row.bytes), Number(row.offset)]
  const name = nameOfStored(String(row.name))
  // One that is stored otherwise than this version does would be found by nobody, or twice.
  if (!artifactRefSchema.shape.name.safeParse(name).success || storedName(name) !== row.name) throw unreadable('Artifact', 'name')
  const holder = row.pack === null ? name : artifactNames.pack(Number(row.pack))
  const size = sizeOf(holder)
  const cell = { table: 'Artifact', row: name }
  if (row.pack === null && offset !== 0) throw wrongCell({ ...cell, name: 'offset' }, '0', inWords(offset))
  if (size === null) return
  if (row.pack === null && bytes !== size)
    throw wrongCell({ ...cell, name: 'bytes' }, `the ${inWords(size)} bytes of the file`, inWords(bytes))
  if (offset > size) throw wrongCell({ ...cell, name: 'offset' }, `at most the ${inWords(size)} bytes of ${holder}`, inWords(offset))
  if (offset + bytes > size)
    throw wrongCell({ ...cell, name: 'bytes' }, `at most ${inWords(size - offset)}, where ${holder} ends`, inWords(bytes))
}
