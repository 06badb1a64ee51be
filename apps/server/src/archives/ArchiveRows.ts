import { z } from 'zod'

const cell = z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)])
const row = z.record(z.string(), cell)

/** A row of the database by its columns' names, as SQLite keeps it. */
export type Row = z.output<typeof row>

const archivedRun = z.strictObject({
  row,
  /** Values by the name of their key, in `key`. */
  values: z.array(row),
  series: z.array(row),
  artifacts: z.array(row),
  events: z.array(row),
  analysis: row.nullable(),
  baseline: row.nullable(),
})
export type ArchivedRun = z.output<typeof archivedRun>

const archivedExperiment = z.strictObject({ row, events: z.array(row) })
export type ArchivedExperiment = z.output<typeof archivedExperiment>

/** What the process that opens an archive says: all that it holds, brought to this version and checked, or why it cannot be had. */
export const archiveReportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('experiment'), experiment: archivedExperiment }),
  z.strictObject({ type: z.literal('run'), run: archivedRun }),
  /** The last one: when the archive was made, and how many of its files are missing or damaged. */
  z.strictObject({ type: z.literal('read'), createdAt: z.string(), lostFiles: z.int().min(0) }),
  z.strictObject({ type: z.literal('refused'), message: z.string() }),
])
export type ArchiveReport = z.output<typeof archiveReportSchema>

export interface Archive {
  readonly createdAt: string
  readonly lostFiles: number
  readonly experiments: readonly ArchivedExperiment[]
  readonly runs: readonly ArchivedRun[]
}
