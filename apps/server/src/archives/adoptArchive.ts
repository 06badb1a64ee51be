import { foldText } from '@hourglass/query'
import type { Transaction } from '../database/Database.js'
import { ATTACHED } from '../database/SqliteAdapter.js'
import { type RunFacts, statusWhenStopped } from '../runs/RunFacts.js'
import type { Run } from '../runs/RunReader.js'
import { checkTags, keepTexts, nameColumns, tagRow } from '../runs/RunTexts.js'
import type { PartTable, Row } from './ArchiveRows.js'
import { type StagedArchive, type StagedSubject, SUBJECT } from './stageArchive.js'

export interface AdoptedArchive extends StagedArchive {
  readonly createdAt: string
  /** Whether this lab has a data set. */
  readonly hasDataset: (dataset: string) => Promise<boolean>
}

type SubjectOf<Part extends StagedSubject['part']> = Extract<StagedSubject, { part: Part }>

/**
 * Records runs and experiments of a staged archive as runs of this lab: under their own ids, numbered behind its own, with their histories, of which the
 * import is the newest event. One that trained or waited there is stopped. The database that holds the staged rows is attached to the one that is written.
 */
export async function adoptArchive(facts: RunFacts, archive: AdoptedArchive): Promise<void> {
  for (const subject of archive.subjects) {
    if (subject.part === 'run') await adoptRun(facts, archive, subject)
    else await adoptExperiment(facts.transaction, archive, subject)
  }
}

async function adoptExperiment(transaction: Transaction, archive: AdoptedArchive, { row, place }: SubjectOf<'experiment'>): Promise<void> {
  const number = await nextOf(transaction, 'Experiment')
  await insert(transaction, 'Experiment', {
    ...row,
    number,
    nameFolded: foldText(String(row.name)),
    deletedAt: null,
    ...stoppedSearch(row),
  })
  const events = await adoptEvents(transaction, archive, { place, subject: { experimentNumber: number } })
  const firstSeq = await events.placeOf(row.firstSeq)
  await transaction.experiment.update({ where: { number }, data: { firstSeq, lastSeq: events.last } })
}

async function adoptRun(facts: RunFacts, archive: AdoptedArchive, { row, baseline, place }: SubjectOf<'run'>): Promise<void> {
  const { transaction } = facts
  const { createdAt, hasDataset } = archive
  const number = await nextOf(transaction, 'Run')
  // What this lab can compute it computes, whatever an archive says.
  const pcaBaselineId =
    baseline && !(await hasDataset(String(row.dataset))) ? await adoptBaseline(transaction, String(row.id), baseline) : null
  const { nameKey } = nameColumns(String(row.name))
  await insert(transaction, 'Run', { ...row, number, ...unmarked, client: '', pcaBaselineId, nameKey })
  await adoptTags(transaction, archive, { number, place })
  await adoptValues(transaction, archive, { number, place })
  for (const table of ['SeriesChunk', 'Artifact', 'Analysis', 'Landmark'] as const)
    await copy(transaction, archive, { table, number, place })
  const leftOut = pcaBaselineId === null ? 'PCA_BASELINE_COMPUTED' : null
  const events = await adoptEvents(transaction, archive, { place, subject: { runNumber: number }, leftOut })
  const places = { firstSeq: await events.placeOf(row.firstSeq), claimedSeq: await events.placeOf(row.claimedSeq) }
  const run = await transaction.run.update({ where: { number }, data: places })
  await keepTexts(transaction, number, run)
  facts.changed.set(run.id, 'created')
  if (isActive(run)) {
    const stopped = { from: [run.status], to: statusWhenStopped(run), data: { finishedAt: new Date() } }
    await facts.changeStatus(run.id, stopped)
  }
  await facts.append(number, { kind: 'IMPORTED', payload: { archivedAt: createdAt } })
}

/** Its runs are stopped here, and so is the search for the best of them. */
const stoppedSearch = ({ searchStatus = null }: Row) => ({ searchStatus: searchStatus === 'RUNNING' ? 'STOPPED' : searchStatus })

const isActive = ({ status }: Run) => status === 'QUEUED' || status === 'RUNNING'

/** Where a run was in its lab, and who liked it, is no matter of another. */
const unmarked = { isStarred: 0, archivedAt: null, deletedAt: null, queuePlace: null }

/** Keeps a baseline under a name that no data have: it serves the run that came with it, and no other. */
async function adoptBaseline(transaction: Transaction, runId: string, { id: _, ...row }: Row): Promise<number> {
  const dataset = `${String(row.dataset)} of ${runId}`
  await transaction.pcaBaseline.deleteMany({ where: { dataset } })
  await insert(transaction, 'PcaBaseline', { ...row, dataset })
  return (await transaction.pcaBaseline.findFirstOrThrow({ where: { dataset }, select: { id: true } })).id
}

interface Part {
  readonly number: number
  readonly place: number
}

/** What the row of a run says of its texts is written down anew; tags are its own. */
async function adoptTags(transaction: Transaction, { columns }: StagedArchive, { number, place }: Part): Promise<void> {
  if (!columns.has('RunText')) return
  const rows = await transaction.$queryRawUnsafe<{ text: string }[]>(
    `SELECT "text" FROM "${ATTACHED}"."RunText" WHERE "${SUBJECT}" = ? AND "kind" = 'TAG'`,
    place,
  )
  const tags = checkTags(rows.map(({ text }) => text))
  await transaction.runText.createMany({ data: tags.map((tag) => tagRow(number, tag)) })
}

/** Values come by the names of their keys, which this lab numbers by itself. */
async function adoptValues(transaction: Transaction, { columns }: StagedArchive, { number, place }: Part): Promise<void> {
  if (!columns.has('RunValue')) return
  const given = `"${ATTACHED}"."RunValue" AS "given" WHERE "given"."${SUBJECT}" = ?`
  await transaction.$executeRawUnsafe(
    `INSERT INTO "ValueKey" ("name") SELECT "key" FROM ${given} AND "key" NOT IN (SELECT "name" FROM "ValueKey")`,
    place,
  )
  await transaction.$executeRawUnsafe(
    `INSERT INTO "RunValue" ("runNumber", "keyId", "number", "text", "folded")
     SELECT ?, (SELECT "id" FROM "ValueKey" WHERE "name" = "given"."key"), "number", "text", "folded"
     FROM ${given} AND ("number" IS NOT NULL OR "text" IS NOT NULL)`,
    number,
    place,
  )
}

async function copy(
  transaction: Transaction,
  { columns }: StagedArchive,
  { table, number, place }: Part & { readonly table: PartTable },
): Promise<void> {
  const names = columns.get(table)?.filter((name) => name !== 'runNumber')
  if (!names) return
  const list = names.map((name) => `"${name}"`).join(', ')
  await transaction.$executeRawUnsafe(
    `INSERT INTO "${table}" ("runNumber", ${list}) SELECT ?, ${list} FROM "${ATTACHED}"."${table}" WHERE "${SUBJECT}" = ? ORDER BY rowid`,
    number,
    place,
  )
}

interface EventsOf {
  readonly place: number
  readonly subject: { readonly runNumber: number } | { readonly experimentNumber: number }
  /** Kind of events that are left out. */
  readonly leftOut?: string | null
}

/** Copies events under new sequence numbers in the same order. Whose deletion one tells of is no matter of an archive. */
async function adoptEvents(transaction: Transaction, { columns }: StagedArchive, { place, subject, leftOut = null }: EventsOf) {
  if (!columns.has('LabEvent')) return { last: 0, placeOf: async () => 0 }
  const first = await nextOf(transaction, 'LabEvent')
  const [[owner, number] = ['runNumber', 0]] = Object.entries(subject)
  const given = `"${ATTACHED}"."LabEvent" WHERE "${SUBJECT}" = ? AND "kind" IS NOT ?`
  const count = await transaction.$executeRawUnsafe(
    `INSERT INTO "LabEvent" ("seq", "kind", "at", "payload", "${owner}")
     SELECT ? + row_number() OVER (ORDER BY "seq"), "kind", "at", "payload", ? FROM ${given} ORDER BY "seq"`,
    first - 1,
    number,
    place,
    leftOut,
  )
  return {
    last: first + count - 1,
    /** Tells the new sequence number of an event; 0 where there is none of the old one. */
    placeOf: async (seq: Row[string] | undefined): Promise<number> => {
      const sql = `SELECT count(*) AS "place", max("seq") AS "seq" FROM ${given} AND "seq" <= ?`
      const [found] = await transaction.$queryRawUnsafe<{ place: bigint | number; seq: bigint | number | null }[]>(sql, place, leftOut, seq)
      return found && Number(found.seq) === Number(seq) && found.seq !== null ? first + Number(found.place) - 1 : 0
    },
  }
}

/** The number that SQLite would give a new row: those of deleted rows are never given again. */
async function nextOf(transaction: Transaction, table: 'Run' | 'Experiment' | 'LabEvent'): Promise<number> {
  const [last] = await transaction.$queryRawUnsafe<{ seq: bigint | number }[]>('SELECT seq FROM sqlite_sequence WHERE name = ?', table)
  return Number(last?.seq ?? 0) + 1
}

async function insert(transaction: Transaction, table: string, row: Row): Promise<void> {
  const names = Object.keys(row)
  const columns = names.map((name) => `"${name}"`).join(', ')
  const cells = names.map((name) => row[name] ?? null)
  await transaction.$executeRawUnsafe(`INSERT INTO "${table}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`, ...cells)
}
