import type { Transaction } from '../database/Database.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { type RunFacts, statusWhenStopped } from '../runs/RunFacts.js'
import type { Run } from '../runs/RunReader.js'
import { type RunValues, setRunValues } from '../runs/runValues.js'
import type { Archive, ArchivedExperiment, ArchivedRun, Row } from './ArchiveRows.js'

/** SQLite takes so many parameters of one statement. */
const MOST_PARAMETERS = 30_000

/**
 * Records runs and experiments of an archive as runs of this lab: under their own ids, numbered behind its own, with their histories, of which the import is
 * the newest event. One that trained or waited there is stopped.
 */
export async function adoptArchive(facts: RunFacts, { runs, experiments, createdAt }: Archive): Promise<readonly Run[]> {
  for (const experiment of experiments) await adoptExperiment(facts.transaction, experiment)
  const adopted: Run[] = []
  for (const run of runs) adopted.push(await adoptRun(facts, run, createdAt))
  return adopted
}

/** Throws ALREADY_HERE where the lab has one of the archive's runs or experiments. */
export async function requireNew(database: Pick<Transaction, 'run' | 'experiment'>, { runs, experiments }: Archive): Promise<void> {
  const idsOf = (parts: readonly { readonly row: Row }[]) => parts.map(({ row }) => String(row.id))
  const here = [
    ...(await database.experiment.findMany({ where: { id: { in: idsOf(experiments) } }, select: { name: true, id: true } })),
    ...(await database.run.findMany({ where: { id: { in: idsOf(runs) } }, select: { name: true, id: true } })),
  ]
  const [first] = here
  if (!first) return
  throw new HourglassError(
    errorCodes.alreadyHere,
    `Expected runs that this lab does not have, got ${JSON.stringify(first.name)} (${first.id})${here.length > 1 ? ` and ${here.length - 1} more` : ''}, which it has. Nothing was changed; delete what is here to import it again.`,
    { ids: here.map(({ id }) => id) },
  )
}

async function adoptExperiment(transaction: Transaction, { row, events }: ArchivedExperiment): Promise<void> {
  const number = await nextOf(transaction, 'Experiment')
  await insert(transaction, 'Experiment', [{ ...row, number }])
  const places = await adoptEvents(transaction, events, { experimentNumber: number })
  const seqs = { firstSeq: places.get(row.firstSeq) ?? 0, lastSeq: Math.max(0, ...places.values()) }
  await transaction.experiment.update({ where: { number }, data: seqs })
}

async function adoptRun(facts: RunFacts, archived: ArchivedRun, createdAt: string): Promise<Run> {
  const { transaction } = facts
  const { row, values, series, artifacts, analysis, events, baseline } = archived
  const number = await nextOf(transaction, 'Run')
  await insert(transaction, 'Run', [
    { ...row, number, client: '', pcaBaselineId: baseline && (await adoptBaseline(transaction, baseline)) },
  ])
  const ofRun = (rows: readonly Row[]) => rows.map((one) => ({ ...one, runNumber: number }))
  await setRunValues(transaction, number, valuesOf(values))
  await insert(transaction, 'SeriesChunk', ofRun(series))
  await insert(transaction, 'Artifact', ofRun(artifacts))
  await insert(transaction, 'Analysis', ofRun(analysis ? [analysis] : []))
  const places = await adoptEvents(transaction, events, { runNumber: number })
  const run = await transaction.run.update({
    where: { number },
    data: { firstSeq: places.get(row.firstSeq) ?? 0, claimedSeq: places.get(row.claimedSeq) ?? 0 },
  })
  facts.changed.set(run.id, 'created')
  if (run.status === 'QUEUED' || run.status === 'RUNNING') {
    await facts.changeStatus(run.id, { from: [run.status], to: statusWhenStopped(run), data: { finishedAt: new Date() } })
  }
  return facts.append(number, { kind: 'IMPORTED', payload: { archivedAt: createdAt } })
}

async function adoptBaseline(transaction: Transaction, row: Row): Promise<number> {
  const key = {
    dataset: String(row.dataset),
    trainCount: Number(row.trainCount),
    testCount: Number(row.testCount),
    corruption: String(row.corruption),
    codeSize: Number(row.codeSize),
  }
  const find = { where: { dataset_trainCount_testCount_corruption_codeSize: key }, select: { id: true } } as const
  const known = await transaction.pcaBaseline.findUnique(find)
  if (known) return known.id
  const { id: _, ...rest } = row
  await insert(transaction, 'PcaBaseline', [rest])
  return (await transaction.pcaBaseline.findUniqueOrThrow(find)).id
}

function valuesOf(rows: readonly Row[]): RunValues {
  return new Map(
    rows.flatMap(({ key, number, text }) => (number === null && text === null ? [] : [[String(key), (number ?? text) as number | string]])),
  )
}

type Subject = { readonly runNumber: number } | { readonly experimentNumber: number }

/** Appends events in their order; returns their new sequence numbers by the old ones. */
async function adoptEvents(transaction: Transaction, events: readonly Row[], subject: Subject): Promise<ReadonlyMap<unknown, number>> {
  const first = await nextOf(transaction, 'LabEvent')
  const rows = events.map((event, index) => ({ ...event, runNumber: null, experimentNumber: null, ...subject, seq: first + index }))
  await insert(transaction, 'LabEvent', rows)
  return new Map(events.map(({ seq }, index) => [seq, first + index]))
}

/** The number that SQLite would give a new row: those of deleted rows are never given again. */
async function nextOf(transaction: Transaction, table: 'Run' | 'Experiment' | 'LabEvent'): Promise<number> {
  const [last] = await transaction.$queryRawUnsafe<{ seq: bigint | number }[]>('SELECT seq FROM sqlite_sequence WHERE name = ?', table)
  return Number(last?.seq ?? 0) + 1
}

async function insert(transaction: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const names = Object.keys(first)
  const atATime = Math.max(1, Math.floor(MOST_PARAMETERS / names.length))
  const columns = names.map((name) => `"${name}"`).join(', ')
  for (let start = 0; start < rows.length; start += atATime) {
    const some = rows.slice(start, start + atATime)
    const places = some.map(() => `(${names.map(() => '?').join(', ')})`).join(', ')
    const cells = some.flatMap((row) => names.map((name) => row[name] ?? null))
    await transaction.$executeRawUnsafe(`INSERT INTO "${table}" (${columns}) VALUES ${places}`, ...cells)
  }
}
