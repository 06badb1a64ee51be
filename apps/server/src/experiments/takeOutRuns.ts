import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { appendLabEvent } from '../runs/labEvents.js'
import type { RunFacts } from '../runs/RunFacts.js'
import { keepTexts } from '../runs/RunTexts.js'
import { runInTrash } from '../runs/requireRuns.js'
import { type Experiment, experimentNotFound } from './ExperimentReader.js'
import { readSearch } from './searchFormat.js'

/**
 * Makes runs of an experiment runs of their own, or none of them. Throws EXPERIMENT_NOT_FOUND, RUN_NOT_FOUND for one in the trash, RUN_NOT_IN_EXPERIMENT, or
 * RUN_IN_SEARCH for those that its search compares.
 */
export async function takeOutRuns(facts: RunFacts, id: string, numbers: readonly number[]): Promise<Experiment> {
  const { transaction } = facts
  const experiment = await transaction.experiment.findUnique({ where: { id, deletedAt: null } })
  if (!experiment) throw experimentNotFound([id])
  const runs = await transaction.run.findMany({ where: { number: { in: [...numbers] } }, orderBy: { number: 'asc' } })
  const deleted = runs.find(({ deletedAt }) => deletedAt !== null)
  if (deleted) throw runInTrash(deleted)
  requireMembers(experiment, runs)
  requireOutsideSearch(experiment, runs)
  for (const run of runs) {
    const data = { experiment: { disconnect: true }, place: null, label: null }
    const alone = await facts.append(run.number, { kind: 'LEFT_EXPERIMENT', payload: { name: experiment.name }, data })
    await keepTexts(transaction, run.number, alone)
  }
  const lastSeq = await appendLabEvent(transaction, 'EXPERIMENT_RUNS_TAKEN_OUT', { experimentNumber: experiment.number })
  return transaction.experiment.update({ where: { id }, data: { lastSeq } })
}

const nameOf = ({ number, name }: Run) => `#${number} ${JSON.stringify(name)}`

function requireMembers({ id, name }: Experiment, runs: readonly Run[]): void {
  const [other] = runs.filter(({ experimentId }) => experimentId !== id)
  if (!other) return
  const got = other.experimentId === null ? 'which is a run of its own' : 'which belongs to another experiment'
  throw new HourglassError(
    errorCodes.runNotInExperiment,
    `Expected runs of the experiment ${JSON.stringify(name)}, got ${nameOf(other)}, ${got}.`,
    { ids: [other.id] },
  )
}

/** What a search was decided by stays with it: without one of its runs its rungs would say what nobody can see. */
function requireOutsideSearch({ name, search }: Experiment, runs: readonly Run[]): void {
  if (search === null) return
  const read = readSearch(search)
  const searched = runs.filter(({ id }) => !('value' in read) || read.value.runs.includes(id))
  const [first] = searched
  if (!first) return
  const got = 'value' in read ? 'which it compares' : 'and its search cannot be read here'
  throw new HourglassError(
    errorCodes.runInSearch,
    `Expected runs that the search of ${JSON.stringify(name)} does not compare, got ${nameOf(first)}, ${got}. To train its configuration apart from the search, launch it again.`,
    { ids: searched.map(({ id }) => id) },
  )
}
