import { readdir, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { filesBelow } from '../artifacts/filesBelow.js'
import { typeOfStored } from '../artifacts/storedNames.js'
import type { Database } from '../database/Database.js'
import type { DataFolder } from '../database/openDataFolder.js'

/** What something takes on the disk. */
export interface Usage {
  readonly files: number
  readonly bytes: number
}

/** Parts of a data folder beside the files of runs, with what lies in each. */
export const storageParts = ['DATABASE', 'RUNS', 'ONNX', 'CODES', 'COMPONENTS', 'TRASH', 'BEFORE_UPGRADE', 'REPLACED', 'LOGS'] as const
export type StoragePart = (typeof storageParts)[number]

export interface Disk {
  readonly freeBytes: number
  readonly totalBytes: number
}

/** What lies in the trash until it is deleted for good. */
export interface Trash extends Usage {
  readonly runs: number
  readonly experiments: number
}

export const storageOrders = ['BYTES', 'FILES', 'NUMBER'] as const

export interface StoragePageRequest {
  readonly first: number
  readonly skip: number
  readonly orderBy: (typeof storageOrders)[number]
  readonly isAscending: boolean
}

export interface StoragePage<Row> {
  readonly rows: readonly (Row & Usage)[]
  readonly totalCount: number
}

const NOT_IN_TRASH = 'runNumber IN (SELECT number FROM Run WHERE deletedAt IS NULL)'

/** How long what was found on the disk is told again, in milliseconds. */
const FRESH = 5_000

/** Tells what of a lab uses how much. Sums of runs' files are kept by the database; caches and logs are looked at when somebody asks. */
export class StorageReader {
  readonly #database: Database
  readonly #folder: DataFolder
  #parts: Promise<ReadonlyMap<StoragePart, Usage>> | undefined

  constructor(database: Database, folder: DataFolder) {
    this.#database = database
    this.#folder = folder
  }

  /** What each part takes; looks, or gives what was found a moment ago. */
  parts(): Promise<ReadonlyMap<StoragePart, Usage>> {
    this.#parts ??= this.#look().finally(() => {
      setTimeout(() => {
        this.#parts = undefined
      }, FRESH).unref()
    })
    return this.#parts
  }

  /** Room on the disk of the data folder; null where the system does not tell. */
  async disk(): Promise<Disk | null> {
    const { bavail, blocks, bsize } = await statfs(dirname(this.#folder.databasePath))
    return blocks === 0 ? null : { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  }

  /** What the files of all runs that are not in the trash take by their type, the largest first. */
  async kinds(): Promise<readonly (Usage & { readonly type: string })[]> {
    return this.#kinds(
      `SELECT type, sum(files) AS files, sum(bytes) AS bytes FROM StoredBytes WHERE ${NOT_IN_TRASH} GROUP BY type ORDER BY 3 DESC`,
    )
  }

  /** What the files of runs take together. */
  async bytesOf(runNumbers: readonly number[]): Promise<number> {
    const [sum] = await this.#sums<Usage>(
      'SELECT 0 AS files, ifnull(sum(bytes), 0) AS bytes FROM StoredBytes WHERE runNumber IN (SELECT value FROM json_each(?))',
      JSON.stringify(runNumbers),
    )
    return sum?.bytes ?? 0
  }

  /** What lies in the trash. */
  async trash(): Promise<Trash> {
    const [found] = await this.#sums<{ runs: number; experiments: number }>(
      `SELECT (SELECT count(*) FROM Run WHERE deletedAt IS NOT NULL) AS runs, (SELECT count(*) FROM Experiment WHERE deletedAt IS NOT NULL) AS experiments,
        ifnull(sum(files), 0) AS files, ifnull(sum(bytes), 0) AS bytes
      FROM StoredBytes WHERE runNumber IN (SELECT number FROM Run WHERE deletedAt IS NOT NULL)`,
    )
    return found ?? { ...nothing, runs: 0, experiments: 0 }
  }

  /** What is kept of the figures of all reports; it is a part of the database. */
  async reports(): Promise<Usage & { readonly reports: number }> {
    const [found] = await this.#sums<{ reports: number }>(
      'SELECT (SELECT count(*) FROM Report) AS reports, count(*) AS files, ifnull(sum(bytes), 0) AS bytes FROM KeptFigure',
    )
    return found ?? { ...nothing, reports: 0 }
  }

  async kindsOf(runNumber: number): Promise<readonly (Usage & { readonly type: string })[]> {
    return this.#kinds('SELECT type, files, bytes FROM StoredBytes WHERE runNumber = ? AND files > 0 ORDER BY bytes DESC', runNumber)
  }

  /** Runs by what their files take. */
  async runs(request: StoragePageRequest): Promise<StoragePage<{ readonly number: number }>> {
    const grouped =
      'SELECT runNumber AS number, sum(files) AS files, sum(bytes) AS bytes FROM StoredBytes JOIN Run ON Run.number = runNumber WHERE Run.deletedAt IS NULL GROUP BY runNumber HAVING sum(files) > 0'
    return this.#page<{ number: number }>(grouped, request)
  }

  /** Experiments by what the files of their runs take together. */
  async experiments(request: StoragePageRequest): Promise<StoragePage<{ readonly id: string; readonly runs: number }>> {
    const grouped = `SELECT Run.experimentId AS id, min(Run.number) AS number, count(DISTINCT Run.number) AS runs, sum(files) AS files, sum(bytes) AS bytes
      FROM Run JOIN StoredBytes ON runNumber = Run.number WHERE Run.experimentId IS NOT NULL AND Run.deletedAt IS NULL GROUP BY Run.experimentId HAVING sum(files) > 0`
    return this.#page<{ id: string; runs: number }>(grouped, request)
  }

  async #page<Row extends object>(grouped: string, { first, skip, orderBy, isAscending }: StoragePageRequest): Promise<StoragePage<Row>> {
    const direction = isAscending ? 'ASC' : 'DESC'
    const rows = await this.#sums<Row>(
      `${grouped} ORDER BY ${columns[orderBy]} ${direction}, number ${direction} LIMIT ? OFFSET ?`,
      first,
      skip,
    )
    const [counted] = await this.#sums<{ count: number }>(`SELECT count(*) AS count, 0 AS files, 0 AS bytes FROM (${grouped})`)
    return { rows, totalCount: counted?.count ?? 0 }
  }

  async #kinds(sql: string, ...parameters: number[]): Promise<(Usage & { readonly type: string })[]> {
    const rows = await this.#sums<{ type: string }>(sql, ...parameters)
    return rows.map((row) => ({ ...row, type: typeOfStored(row.type) }))
  }

  async #sums<Row extends object>(sql: string, ...parameters: (number | string)[]): Promise<(Row & Usage)[]> {
    const rows = await this.#database.read.$queryRawUnsafe<Record<string, unknown>[]>(sql, ...parameters)
    // Sums come as whole numbers of any size.
    return rows.map(
      (row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])) as Row &
          Usage,
    )
  }

  async #look(): Promise<ReadonlyMap<StoragePart, Usage>> {
    const { databasePath, onnxFolder, codesFolder, componentsFolder, trashFolder, upgradesFolder } = this.#folder
    const root = dirname(databasePath)
    const [runs = nothing] = await this.#sums<Usage>(
      `SELECT ifnull(sum(files), 0) AS files, ifnull(sum(bytes), 0) AS bytes FROM StoredBytes WHERE ${NOT_IN_TRASH}`,
    )
    const deleted = await this.trash()
    const beside = await Promise.all([
      usageOfFiles(root, (name) => name.startsWith(basename(databasePath))),
      runs,
      usageBelow(onnxFolder),
      usageBelow(codesFolder),
      usageBelow(componentsFolder),
      usageBelow(trashFolder).then((usage) => add(usage, deleted)),
      usageBelow(upgradesFolder),
      usageBelow(join(root, 'replaced')),
      usageOfFiles(root, (name) => name.startsWith('server.log')),
    ])
    return new Map(storageParts.map((part, place) => [part, beside[place] ?? nothing]))
  }
}

const columns = { BYTES: 'bytes', FILES: 'files', NUMBER: 'number' } as const satisfies Record<StoragePageRequest['orderBy'], string>
const nothing: Usage = { files: 0, bytes: 0 }
const add = (one: Usage, other: Usage): Usage => ({ files: one.files + other.files, bytes: one.bytes + other.bytes })

async function usageBelow(folder: string): Promise<Usage> {
  let sum = nothing
  for await (const { path, isLink } of filesBelow(folder)) {
    const info = isLink ? null : await stat(path).catch(() => null)
    if (info) sum = add(sum, { files: 1, bytes: info.size })
  }
  return sum
}

async function usageOfFiles(folder: string, isMeant: (name: string) => boolean): Promise<Usage> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && isMeant(entry.name))
  const sizes = await Promise.all(names.map(({ name }) => stat(join(folder, name)).catch(() => null)))
  return sizes.reduce((sum, info) => (info ? add(sum, { files: 1, bytes: info.size }) : sum), nothing)
}
