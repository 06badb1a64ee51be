import { rankRung, withEpochs } from '@hourglass/autoencoders'
import type { Transaction } from '../database/Database.js'
import type { Run } from '../generated/prisma/client.js'
import { appendLabEvent } from '../runs/labEvents.js'
import type { RunFacts } from '../runs/RunFacts.js'
import { readConfig } from '../runs/readConfig.js'
import { readSeries } from '../runs/series/SeriesStore.js'
import { type RungOutcome, type RungResult, readSearch, runsOfRung, type Search, writeSearch } from './searchFormat.js'

/** The rung of a search that is over, with its runs. */
interface EndedRung {
  readonly number: number
  readonly search: Search
  readonly ids: readonly string[]
  readonly runs: readonly Run[]
}

/**
 * Decides who goes on where all runs of a search's rung have ended, and queues them for the epochs of the next one, in the caller's transaction: whatever
 * ends the server, a rung is decided whole or not at all. Returns whether anything was decided.
 */
export async function advanceSearch(facts: RunFacts, experimentId: string): Promise<boolean> {
  const { transaction } = facts
  const ended = await findEndedRung(transaction, experimentId)
  if (!ended) return false
  const { search } = ended
  const next = search.rungs[search.decided.length + 1]
  const results = await judgeRung(transaction, ended, next?.runs ?? null)
  const kept = results.filter(({ outcome }) => outcome === 'kept')
  if (next) {
    const isLast = search.decided.length + 2 === search.rungs.length
    for (const { id } of kept) await giveEpochs(facts, { id, epochs: next.epochs, isLast })
  }
  const lastSeq = await appendLabEvent(transaction, 'EXPERIMENT_SEARCH_ADVANCED', { experimentNumber: ended.number })
  const data = { search: writeSearch({ ...search, decided: [...search.decided, { results }] }), lastSeq }
  const status = kept.length > 0 ? {} : { searchStatus: 'COMPLETED' }
  await transaction.experiment.update({ where: { id: experimentId }, data: { ...data, ...status } })
  return true
}

/** Finds the rung of a running search of which no run waits or trains. */
export async function findEndedRung(
  { experiment, run }: Pick<Transaction, 'experiment' | 'run'>,
  experimentId: string,
): Promise<EndedRung | null> {
  const row = await experiment.findUnique({ where: { id: experimentId, deletedAt: null, searchStatus: 'RUNNING' } })
  const read = readSearch(row?.search)
  if (!row || !('value' in read)) return null
  const ids = runsOfRung(read.value)
  // Whatever the search of an archive names, runs of other experiments are none of it.
  const ofRung = { id: { in: [...ids] }, experimentId, deletedAt: null }
  if ((await run.count({ where: { ...ofRung, status: { in: ['QUEUED', 'RUNNING'] } } })) > 0) return null
  const runs = await run.findMany({ where: ofRung, orderBy: { place: 'asc' } })
  return { number: row.number, search: read.value, ids, runs }
}

/** Ranks the runs of a rung by their validation losses after its last epoch; so many go on, all are finished where that is null. */
async function judgeRung(transaction: Transaction, { search, ids, runs }: EndedRung, goOn: number | null): Promise<RungResult[]> {
  const epoch = search.rungs[search.decided.length]?.epochs ?? 0
  const series = await readSeries(
    transaction,
    runs.map(({ number }) => ({ runNumber: number, axis: 'epoch', after: epoch - 1, upTo: epoch })),
  )
  const scores = runs.map(({ id, status }, index) => {
    const loss = series[index]?.at(0)?.values.validationLoss
    return { id, status, loss: status === 'COMPLETED' && loss !== undefined && Number.isFinite(loss) ? loss : null }
  })
  const ranked = rankRung(scores).map(({ id, loss }, place): RungResult => {
    const outcome = goOn === null ? 'finished' : place < goOn ? 'kept' : 'dropped'
    return { id, loss, outcome }
  })
  const others = ids.flatMap((id): RungResult[] => {
    const score = scores.find((each) => each.id === id)
    return score?.loss != null ? [] : [{ id, loss: null, outcome: score ? outcomeOf(score.status) : 'deleted' }]
  })
  return [...ranked, ...others]
}

function outcomeOf(status: Run['status']): RungOutcome {
  return status === 'STOPPED' ? 'stopped' : 'failed'
}

interface MoreEpochs {
  readonly id: string
  readonly epochs: number
  /** Whether they are all that it will get. */
  readonly isLast: boolean
}

/** Queues a completed run for more epochs; one that somebody has given as many stays as it is. */
async function giveEpochs(facts: RunFacts, { id, epochs, isLast }: MoreEpochs): Promise<void> {
  const run = await facts.transaction.run.findUniqueOrThrow({ where: { id } })
  const config = readConfig(run)
  if (!('value' in config) || (run.epochs ?? 0) >= epochs) return
  await facts.extend(id, withEpochs(config.value, epochs), { skipsAnalysis: !isLast })
}
