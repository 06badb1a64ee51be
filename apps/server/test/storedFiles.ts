import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ArtifactStore } from '../src/artifacts/ArtifactStore.js'
import { nameOfStored, storedName, storedType } from '../src/artifacts/storedNames.js'
import { editDatabase } from './editDatabase.js'
import type { OpenStore } from './openStore.js'

/** Where a file of a run lies on the disk. */
export interface FilePlace {
  /** Path of what holds it: the file itself, or a pack. */
  readonly path: string
  readonly offset: number
  readonly bytes: number
}

/** Finds where a run's file lies, as the database lists it. */
export function placeOf(folder: string, id: string, name: string): FilePlace {
  const sql = `SELECT bytes, pack, "offset" FROM Artifact JOIN Run ON number = runNumber WHERE id = ? AND Artifact.name = ?`
  const row = editDatabase(folder, (database) => database.prepare<[string, string], FileRow>(sql).get(id, storedName(name)))
  if (!row) throw new Error(`${name}: expected a listed file of run ${id}, got none`)
  const holder = row.pack === null ? name : `packs/${row.pack}.pack`
  return { path: join(folder, 'runs', id, ...holder.split('/')), offset: row.offset, bytes: row.bytes }
}

interface FileRow {
  readonly bytes: number
  readonly pack: number | null
  readonly offset: number
}

/** Names the listed files of a run, by kind where one is given. */
export function namesOf(folder: string, id: string, type?: string): string[] {
  const sql = `SELECT Artifact.name FROM Artifact JOIN Run ON number = runNumber WHERE id = ? AND type = ifnull(?, type) `
  return editDatabase(folder, (database) =>
    database
      .prepare<[string, string | null], { name: string }>(sql)
      .all(id, type === undefined ? null : storedType(type))
      .map(({ name }) => nameOfStored(name))
      .sort(),
  )
}

/** Reads a run's file from the disk, wherever it lies. */
export async function readStored(folder: string, id: string, name: string): Promise<Buffer> {
  const { path, offset, bytes } = placeOf(folder, id, name)
  return (await readFile(path)).subarray(offset, offset + bytes)
}

/** Changes one bit of a run's file, in its last byte but two. */
export async function flipBit(folder: string, id: string, name: string): Promise<void> {
  await flipBitOf(placeOf(folder, id, name))
}

async function flipBitOf({ path, offset, bytes }: FilePlace): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const position = offset + bytes - 3
    const byte = Buffer.alloc(1)
    await file.read(byte, 0, 1, position)
    byte.writeUInt8(byte.readUInt8(0) ^ 1)
    await file.write(byte, 0, 1, position)
  } finally {
    await file.close()
  }
}

/** Knows the files of a store, each of which changes by a bit between being found whole and being used. */
export function changingAfterCheck({ database, folders }: Pick<OpenStore, 'database' | 'folders'>): ArtifactStore {
  const [artifacts, others] = [new ArtifactStore(database, folders), new ArtifactStore(database, folders)]
  artifacts.isWhole = others.isWhole.bind(others)
  const use = artifacts.use.bind(artifacts)
  artifacts.use = (run, name, work) =>
    use(run, name, async (file) => {
      await flipBitOf(file)
      return work(file)
    })
  return artifacts
}
