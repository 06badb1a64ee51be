import { nameOfStored, typeOfStored } from '../artifacts/storedNames.js'
import type { Database } from '../database/Database.js'
import type { Artifact, Run } from '../generated/prisma/client.js'

export type FileSize = Pick<Artifact, 'name' | 'type' | 'bytes'>

/** Reads what the files of runs are called and take, by the numbers of the runs: one row a run, as there are hundreds of files of each. */
export async function readFileSizes(
  read: Database['read'],
  runs: readonly Pick<Run, 'number'>[],
): Promise<ReadonlyMap<number, readonly FileSize[]>> {
  if (runs.length === 0) return new Map()
  const rows = await read.$queryRawUnsafe<{ number: number | bigint; files: string }[]>(
    `SELECT runNumber AS number, json_group_array(json_array(name, type, bytes)) AS files FROM Artifact
     WHERE runNumber IN (${runs.map(({ number }) => number).join(', ')}) GROUP BY runNumber`,
  )
  return new Map(rows.map(({ number, files }) => [Number(number), (JSON.parse(files) as StoredSize[]).map(sizeOf)]))
}

type StoredSize = readonly [name: string, type: string, bytes: number]

const sizeOf = ([name, type, bytes]: StoredSize): FileSize => ({ name: nameOfStored(name), type: typeOfStored(type), bytes })
