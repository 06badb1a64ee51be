import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { artifactNames, artifactTypes } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { nameOfStored, storedName, storedType, typeOfStored } from '../src/artifacts/storedNames.js'
import { migrate } from '../src/database/migrate.js'
import { openDataFolder } from '../src/database/openDataFolder.js'
import { makeDataFolder } from './startServer.js'

const fixtures = fileURLToPath(new URL('../../../test/fixtures/data', import.meta.url))
const names = [
  artifactNames.originals('png'),
  artifactNames.start,
  artifactNames.checkpoint(7),
  artifactNames.checkpoint(123_456),
  artifactNames.codes(7),
  artifactNames.resume(7),
  artifactNames.reconstructions(7, 'png'),
  artifactNames.reconstructions(7, 'safetensors'),
  artifactNames.figure(2, 'inpainting/filled', 'png'),
  artifactNames.figure(2, 'clusters/map', 'safetensors'),
  'checkpoints/.safetensors',
  'checkpoints/0007.png',
  'notes/codes/0007.safetensors',
  'c0007',
]

describe('names of files', () => {
  it.each(names)('%s is read as it was stored', (name) => {
    expect(nameOfStored(storedName(name))).toBe(name)
  })

  it('are stored in a third of their letters where a run has many of a kind, each as another', () => {
    expect(storedName(artifactNames.checkpoint(7))).toBe('c:0007')
    expect(storedName(artifactNames.reconstructions(7, 'png'))).toBe('r:0007')
    expect(new Set(names.map(storedName)).size).toBe(names.length)
  })

  it('have types that are read as they were stored', () => {
    for (const type of [...artifactTypes, 'other', 'constructor']) expect(typeOfStored(storedType(type))).toBe(type)
    expect(new Set(artifactTypes.map(storedType)).size).toBe(artifactTypes.length)
  })
})

describe.each(await readdir(fixtures))('a database of %s', (name) => {
  it('lists the same files with names that are as this version stores them, once it is brought to it', async () => {
    await using copy = await makeDataFolder()
    await cp(join(fixtures, name), copy.path, { recursive: true })
    const before = filesOf(join(copy.path, 'hourglass.db'))
    const folder = await openDataFolder(copy.path)
    try {
      await migrate(folder)
      const after = filesOf(folder.databasePath)
      expect(after.length).toBeGreaterThan(10)
      for (const { name, type } of after) {
        expect(storedName(nameOfStored(name))).toBe(name)
        expect(storedType(typeOfStored(type))).toBe(type)
      }
      const read = (rows: readonly StoredFile[]) =>
        rows.map((row) => JSON.stringify([row.runNumber, nameOfStored(row.name), typeOfStored(row.type), row.bytes])).sort()
      // Those of the earliest versions were listed nowhere.
      if (before.length > 0) expect(read(after)).toEqual(read(before))
      expect(sumsOf(folder.databasePath, 'SELECT runNumber, type, files, bytes FROM StoredBytes WHERE files > 0')).toEqual(
        sumsOf(folder.databasePath, 'SELECT runNumber, type, count(*) AS files, sum(bytes) AS bytes FROM Artifact GROUP BY 1, 2'),
      )
    } finally {
      folder.release()
    }
  })
})

interface StoredFile {
  readonly runNumber: number
  readonly name: string
  readonly type: string
  readonly bytes: number
}

function filesOf(path: string): readonly StoredFile[] {
  const database = new SqliteDatabase(path, { readonly: true })
  try {
    const exists = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'Artifact'`).get()
    return exists ? database.prepare<[], StoredFile>('SELECT runNumber, name, type, bytes FROM Artifact').all() : []
  } finally {
    database.close()
  }
}

function sumsOf(path: string, sql: string): readonly string[] {
  const database = new SqliteDatabase(path, { readonly: true })
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => JSON.stringify(row))
      .sort()
  } finally {
    database.close()
  }
}
