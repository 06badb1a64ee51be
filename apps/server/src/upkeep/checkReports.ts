import type { ReadOnlyDatabase } from '../database/copyDatabase.js'
import { hashOf } from '../reports/keptFigures.js'
import { readBlocks } from '../reports/reportFormat.js'

interface StoredReport {
  readonly number: number
  readonly name: string
  readonly blocks: string
}

interface StoredFigure {
  readonly hash: string
  readonly image: Buffer | null
  readonly table: string | null
}

/** Checks that each report can be read, and that what it keeps of its figures is there and is what was written; each sentence completes one that begins with the database. */
export function checkReports(database: ReadOnlyDatabase): string[] {
  const isThere = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'KeptFigure'`).get()
  // A database of an earlier version has none.
  if (!isThere) return []
  const reports = database.prepare<[], StoredReport>('SELECT number, name, json(blocks) AS blocks FROM Report ORDER BY number').all()
  return reports.flatMap((report) => problemsOf(database, report).map((problem) => `report ${report.number} "${report.name}" ${problem}`))
}

function problemsOf(database: ReadOnlyDatabase, { number, blocks }: StoredReport): string[] {
  const read = readBlocks(JSON.parse(blocks))
  if ('problem' in read) return [`cannot be read (${read.problem})`]
  const figures = database.prepare<[number], StoredFigure>('SELECT hash, image, "table" FROM KeptFigure WHERE reportNumber = ?')
  const sound = new Map<string, boolean>()
  for (const { hash, image, table } of figures.iterate(number)) sound.set(hash, hashOf(image, table) === hash)
  return read.value.flatMap((block) => {
    if (block.kind === 'text' || block.removedAt !== null) return []
    const isSound = sound.get(block.kept)
    if (isSound) return []
    return [`${isSound === undefined ? 'lacks' : 'has something else than was kept of'} the figure "${block.title}"`]
  })
}
