import type { Transaction } from '../database/Database.js'
import { type RunFacts, statusWhenStopped } from '../runs/RunFacts.js'
import type { Run } from '../runs/RunReader.js'
import { type RunValues, setRunValues } from '../runs/runValues.js'
import type { PartTable, Portion, Row } from './ArchiveRows.js'

/** SQLite takes so many parameters of one statement. */
const MOST_PARAMETERS = 30_000

export interface AdoptedArchive {
  readonly createdAt: string
  /** Everything of a run or an experiment follows it. */
  readonly portions: AsyncIterable<Portion>
  /** Whether this lab has a dataset. */
  readonly hasDataset: (dataset: string) => Promise<boolean>
}

/** A run or an experiment whose rows are being recorded. */
interface Adoption {
  add(table: PartTable, rows: readonly Row[]): Promise<void>
  /** All its rows are there. */
  finish(): Promise<Run | null>
}

/**
 * Records runs and experiments of an archive as runs of this lab: under their own ids, numbered behind its own, with their histories, of which the import is
 * the newest event. One that trained or waited there is stopped.
 */
export async function adoptArchive(facts: RunFacts, { portions, ...archive }: AdoptedArchive): Promise<readonly Run[]> {
  const adopted: Run[] = []
  let current: Adoption | undefined
  const finish = async () => {
    const run = await current?.finish()
    if (run) adopted.push(run)
  }
  for await (const portion of portions) {
    if (portion.part === 'rows') await current?.add(portion.table, portion.rows)
    else {
      await finish()
      current =
        portion.part === 'run' ? await adoptRun(facts, { ...portion, ...archive }) : await adoptExperiment(facts.transaction, portion.row)
    }
  }
  await finish()
  return adopted
}

async function adoptExperiment(transaction: Transaction, row: Row): Promise<Adoption> {
  const number = await nextOf(transaction, 'Experiment')
  await insert(transaction, 'Experiment', [{ ...row, number }])
  const events = new AdoptedEvents(transaction, { experimentNumber: number }, [row.firstSeq])
  return {
    add: (_, rows) => events.append(rows),
    finish: async () => {
      await transaction.experiment.update({ where: { number }, data: { firstSeq: events.placeOf(row.firstSeq), lastSeq: events.last } })
      return null
    },
  }
}

interface ArchivedRun extends Omit<AdoptedArchive, 'portions'> {
  readonly row: Row
  readonly baseline: Row | null
}

async function adoptRun(facts: RunFacts, { row, baseline, createdAt, hasDataset }: ArchivedRun): Promise<Adoption> {
  const { transaction } = facts
  const number = await nextOf(transaction, 'Run')
  // What this lab can compute it computes, whatever an archive says.
  const pcaBaselineId =
    baseline && !(await hasDataset(String(row.dataset))) ? await adoptBaseline(transaction, String(row.id), baseline) : null
  await insert(transaction, 'Run', [{ ...row, number, client: '', pcaBaselineId }])
  const events = new AdoptedEvents(transaction, { runNumber: number }, [row.firstSeq, row.claimedSeq])
  return {
    add: (table, rows) => {
      if (table === 'LabEvent')
        return events.append(pcaBaselineId === null ? rows.filter(({ kind }) => kind !== 'PCA_BASELINE_COMPUTED') : rows)
      if (table === 'RunValue') return setRunValues(transaction, number, valuesOf(rows))
      const ofRun = rows.map((one) => ({ ...one, runNumber: number }))
      return insert(transaction, table, ofRun)
    },
    finish: async () => {
      const places = { firstSeq: events.placeOf(row.firstSeq), claimedSeq: events.placeOf(row.claimedSeq) }
      const run = await transaction.run.update({ where: { number }, data: places })
      facts.changed.set(run.id, 'created')
      if (run.status === 'QUEUED' || run.status === 'RUNNING') {
        const stopped = { from: [run.status], to: statusWhenStopped(run), data: { finishedAt: new Date() } }
        await facts.changeStatus(run.id, stopped)
      }
      return facts.append(number, { kind: 'IMPORTED', payload: { archivedAt: createdAt } })
    },
  }
}

/** Keeps a baseline under a name that no data have: it serves the run that came with it, and no other. */
async function adoptBaseline(transaction: Transaction, runId: string, { id: _, ...row }: Row): Promise<number> {
  const dataset = `${String(row.dataset)} of ${runId}`
  await transaction.pcaBaseline.deleteMany({ where: { dataset } })
  await insert(transaction, 'PcaBaseline', [{ ...row, dataset }])
  return (await transaction.pcaBaseline.findFirstOrThrow({ where: { dataset }, select: { id: true } })).id
}

function valuesOf(rows: readonly Row[]): RunValues {
  return new Map(
    rows.flatMap(({ key, number, text }) => (number === null && text === null ? [] : [[String(key), (number ?? text) as number | string]])),
  )
}

type Subject = { readonly runNumber: number } | { readonly experimentNumber: number }

/** The events of a run or an experiment, under new sequence numbers in the same order. */
class AdoptedEvents {
  readonly #transaction: Transaction
  readonly #subject: Subject
  /** New sequence numbers by those of the archive. */
  readonly #places: Map<unknown, number>
  last = 0

  /** @param wanted Sequence numbers of which the new ones will be asked for. */
  constructor(transaction: Transaction, subject: Subject, wanted: readonly unknown[]) {
    this.#transaction = transaction
    this.#subject = subject
    this.#places = new Map(wanted.map((seq) => [seq, 0]))
  }

  placeOf(seq: unknown): number {
    return this.#places.get(seq) ?? 0
  }

  async append(events: readonly Row[]): Promise<void> {
    if (events.length === 0) return
    const first = await nextOf(this.#transaction, 'LabEvent')
    // Whose deletion an event tells of is no matter of an archive.
    const own = { runNumber: null, experimentNumber: null, deletedId: null, ...this.#subject }
    await insert(
      this.#transaction,
      'LabEvent',
      events.map((event, index) => ({ ...event, ...own, seq: first + index })),
    )
    events.forEach(({ seq }, index) => {
      if (this.#places.has(seq)) this.#places.set(seq, first + index)
    })
    this.last = first + events.length - 1
  }
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
