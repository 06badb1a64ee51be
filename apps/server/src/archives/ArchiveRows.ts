import { z } from 'zod'
import { errorCodes } from '../HourglassError.js'

const cell = z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)])
const row = z.record(z.string(), cell)

/** A row of the database by its columns' names, as SQLite keeps it. */
export type Row = z.output<typeof row>

/** Tables whose rows belong to a run, or to an experiment. Values come by the name of their key, in `key`. */
const partTables = ['RunText', 'RunValue', 'SeriesChunk', 'Artifact', 'Analysis', 'Landmark', 'LabEvent'] as const
export type PartTable = (typeof partTables)[number]

/** What is read of an archive at a time: an experiment or a run, or some rows of the one before. */
export const portionSchema = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('experiment'), row }),
  z.strictObject({ part: z.literal('run'), row, baseline: row.nullable() }),
  z.strictObject({ part: z.literal('rows'), table: z.enum(partTables), rows: z.array(row) }),
])
export type Portion = z.output<typeof portionSchema>

/** What an archive holds, in short. */
const archive = z.strictObject({
  /** When it was made. */
  createdAt: z.string(),
  /** How many of its files are missing or damaged. */
  lostFiles: z.int().min(0),
  experiments: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Their ids. */
  runs: z.array(z.string()),
})
export type Archive = z.output<typeof archive>

/** What the process that opens an archive says: what it holds, brought to this version and checked, or why it cannot be had. Its rows are in a file. */
export const archiveReportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('read'), archive }),
  z.strictObject({ type: z.literal('refused'), message: z.string() }),
])
export type ArchiveReport = z.output<typeof archiveReportSchema>

/** What the process that records an archive says: that it is ready to, that all of it stands, or why the store takes nothing. */
export const adoptionReportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('staged') }),
  z.strictObject({ type: z.literal('recorded') }),
  z.strictObject({ type: z.literal('refused'), code: z.enum(errorCodes), message: z.string() }),
])
export type AdoptionReport = z.output<typeof adoptionReportSchema>

/** What it is told once nobody else writes. */
export interface AdoptionCommand {
  readonly type: 'record'
}
