import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { appendLabEvent } from '../runs/labEvents.js'
import type { NewRun, RunFacts } from '../runs/RunFacts.js'
import { keepTexts } from '../runs/RunTexts.js'
import { requireRoom } from '../runs/requireRoom.js'
import { runInTrash } from '../runs/requireRuns.js'
import { cutText } from '../runs/runNames.js'
import { type Experiment, experimentNotFound } from './ExperimentReader.js'
import { createExperiment } from './experimentFacts.js'
import { MAXIMUM_RUNS } from './maximumRuns.js'

export interface AddedRuns {
  readonly runs: readonly (NewRun & { readonly label: string })[]
  /** Who launches them. */
  readonly client: string
  /** How many runs of one client may wait. */
  readonly limit: number
}

export interface GroupedRuns {
  readonly name: string
  /** Numbers of the runs, in the order that they are to have. */
  readonly numbers: readonly number[]
}

/** A label as long as this leaves room for what it is replicated by. */
const MOST_OF_A_NAME = 60
const MOST_NAMED = 3

/**
 * Queues more runs of an experiment, behind those that it has. Throws EXPERIMENT_NOT_FOUND, TOO_MANY_REQUESTS, or BAD_USER_INPUT where it would have too many
 * runs, or two of one label.
 */
export async function addRuns(facts: RunFacts, id: string, { runs, client, limit }: AddedRuns): Promise<Experiment> {
  const { transaction } = facts
  const experiment = await transaction.experiment.findUnique({ where: { id, deletedAt: null } })
  if (!experiment) throw experimentNotFound([id])
  const members = await transaction.run.findMany({
    where: { experimentId: id },
    select: { name: true, label: true, place: true, deletedAt: true },
  })
  const present = members.filter(({ deletedAt }) => deletedAt === null)
  if (present.length + runs.length > MAXIMUM_RUNS) {
    throw new HourglassError(
      errorCodes.badUserInput,
      `runs: expected at most ${MAXIMUM_RUNS} runs of one experiment, got ${present.length + runs.length}: ${present.length} that it has, and ${runs.length} more. Launch the others as an experiment of their own.`,
    )
  }
  const labels = new Set(present.map(({ label, name }) => label ?? name))
  const repeated = runs.findIndex(({ label }) => labels.has(label))
  if (repeated >= 0) {
    throw new HourglassError(
      errorCodes.badUserInput,
      `runs.${repeated}.label: expected one that no run of the experiment has, got ${JSON.stringify(runs[repeated]?.label)} again.`,
    )
  }
  await requireRoom(transaction, { client, added: runs.length, limit })
  // Places of runs in the trash stay theirs.
  const from = Math.max(-1, ...members.map(({ place }) => place ?? -1)) + 1
  for (const [index, { label, ...run }] of runs.entries()) await facts.launch(run, { experimentId: id, place: from + index, label })
  const lastSeq = await appendLabEvent(transaction, 'EXPERIMENT_RUNS_ADDED', { experimentNumber: experiment.number })
  return transaction.experiment.update({ where: { id }, data: { lastSeq, addedFrom: experiment.addedFrom ?? from } })
}

/**
 * Makes an experiment of runs that belong to none, each labelled with its name. Throws RUN_NOT_FOUND for one in the trash, RUN_IN_EXPERIMENT for those of
 * other experiments, or BAD_USER_INPUT for their number.
 */
export async function joinRuns(facts: RunFacts, { name, numbers }: GroupedRuns): Promise<Experiment> {
  if (numbers.length < 1 || numbers.length > MAXIMUM_RUNS) {
    throw new HourglassError(errorCodes.badUserInput, `runs: expected 1 to ${MAXIMUM_RUNS} for one experiment, got ${numbers.length}.`)
  }
  const found = await facts.transaction.run.findMany({ where: { number: { in: [...numbers] } } })
  const byNumber = new Map(found.map((run) => [run.number, run]))
  const runs = numbers.flatMap((number) => byNumber.get(number) ?? [])
  const deleted = runs.find(({ deletedAt }) => deletedAt !== null)
  if (deleted) throw runInTrash(deleted)
  await requireFree(facts, runs)
  const experiment = await createExperiment(facts, { name, presetId: null, quick: false })
  for (const [place, run] of runs.entries()) {
    const label = labelOf(run, runs)
    const data = { experiment: { connect: { number: experiment.number } }, place, label }
    const member = await facts.append(run.number, { kind: 'JOINED_EXPERIMENT', payload: { name }, data })
    await keepTexts(facts.transaction, run.number, member)
  }
  return experiment
}

async function requireFree({ transaction }: RunFacts, runs: readonly Run[]): Promise<void> {
  const taken = runs.filter(({ experimentId }) => experimentId !== null)
  const [first] = taken
  if (!first?.experimentId) return
  const { name } = await transaction.experiment.findUniqueOrThrow({ where: { id: first.experimentId }, select: { name: true } })
  const named = taken.slice(0, MOST_NAMED).map(({ number, name }) => `#${number} ${JSON.stringify(name)}`)
  const more = taken.length > MOST_NAMED ? ` and ${taken.length - MOST_NAMED} more` : ''
  const whose =
    taken.length === 1 ? `which belongs to ${JSON.stringify(name)}` : `which belong to others, the first to ${JSON.stringify(name)}`
  throw new HourglassError(
    errorCodes.runInExperiment,
    `Expected runs that belong to no experiment, got ${named.join(', ')}${more}, ${whose}. A run is in one experiment: leave ${taken.length === 1 ? 'it' : 'them'} out, or compare the runs without saving them as one.`,
    { ids: taken.map(({ id }) => id) },
  )
}

/** Names a run among others by its own name, and by its number where that is too long or not its alone. */
function labelOf({ number, name }: Run, runs: readonly Run[]): string {
  const isOwn = runs.every((other) => other.number === number || other.name !== name)
  if (isOwn && name.length <= MOST_OF_A_NAME) return name
  const short = name.length <= MOST_OF_A_NAME ? name : `${cutText(name, MOST_OF_A_NAME - 1)}…`
  return `#${number} ${short}`
}
