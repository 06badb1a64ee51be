import { type NewRunEventPayload, type RunEventKind, writeRunEvent } from '@hourglass/protocol'
import { foldText } from '@hourglass/query'
import { Prisma, type Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { appendLabEvent } from './labEvents.js'
import { type RunFacts, statusWhenStopped } from './RunFacts.js'
import type { RunSignal } from './RunSignals.js'
import { keepTexts, MAXIMUM_TAGS } from './RunTexts.js'
import { runNotFound } from './requireRuns.js'

/** What can be changed of many runs at once; what is left out stays. */
export interface RunMarks {
  readonly isStarred?: boolean | undefined
  readonly isArchived?: boolean | undefined
  /** As checkTags gives them. */
  readonly addTags?: readonly string[] | undefined
  readonly removeTags?: readonly string[] | undefined
}

interface CommonFact<Kind extends RunEventKind> {
  readonly kind: Kind
  readonly payload: NewRunEventPayload<Kind>
  /** What the rows say from then on, as in an UPDATE. */
  readonly set: readonly Prisma.Sql[]
  readonly signal?: RunSignal
}

/** Appends one event to the history of each of many runs and changes their rows, in two statements. */
async function appendToAll<Kind extends RunEventKind>(
  { transaction, changed }: RunFacts,
  numbers: readonly number[],
  { kind, payload, set, signal = 'stored' }: CommonFact<Kind>,
): Promise<void> {
  if (numbers.length === 0) return
  const list = JSON.stringify(numbers)
  await transaction.$executeRaw`
    INSERT INTO LabEvent (kind, at, payload, runNumber) SELECT ${kind}, ${new Date()}, ${JSON.stringify(writeRunEvent(kind, payload))}, value FROM json_each(${list})`
  const newest = Prisma.sql`lastSeq = (SELECT MAX(seq) FROM LabEvent WHERE runNumber = Run.number)`
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    UPDATE Run SET ${Prisma.join([...set, newest])} WHERE number IN (SELECT value FROM json_each(${list})) RETURNING id`
  for (const { id } of rows) changed.set(id, signal)
}

/** Marks runs; those that are so already stay as they are. Returns the numbers of those that changed. */
export async function markRuns(facts: RunFacts, numbers: readonly number[], marks: RunMarks): Promise<ReadonlySet<number>> {
  const { isStarred, isArchived, addTags = [], removeTags = [] } = marks
  const touched = new Set<number>()
  const note = (some: readonly number[]) => {
    for (const number of some) touched.add(number)
  }
  if (isStarred !== undefined) {
    const others = await those(facts, numbers, Prisma.sql`isStarred <> ${isStarred}`)
    await appendToAll(facts, others, { kind: 'STARRED', payload: { isStarred }, set: [Prisma.sql`isStarred = ${isStarred}`] })
    note(others)
  }
  if (isArchived !== undefined) {
    const others = await those(facts, numbers, isArchived ? Prisma.sql`archivedAt IS NULL` : Prisma.sql`archivedAt IS NOT NULL`)
    const at = isArchived ? new Date() : null
    await appendToAll(facts, others, { kind: 'ARCHIVED', payload: { isArchived }, set: [Prisma.sql`archivedAt = ${at}`] })
    note(others)
  }
  note(await changeTags(facts, numbers, { addTags, removeTags }))
  return touched
}

async function those({ transaction }: RunFacts, numbers: readonly number[], condition: Prisma.Sql): Promise<readonly number[]> {
  const rows = await transaction.$queryRaw<{ number: bigint }[]>`
    SELECT number FROM Run WHERE number IN (SELECT value FROM json_each(${JSON.stringify(numbers)})) AND ${condition} ORDER BY number`
  return rows.map(({ number }) => Number(number))
}

interface TagChanges {
  readonly addTags: readonly string[]
  readonly removeTags: readonly string[]
}

async function changeTags(facts: RunFacts, numbers: readonly number[], { addTags, removeTags }: TagChanges): Promise<readonly number[]> {
  const { transaction } = facts
  const list = JSON.stringify(numbers)
  const changes = new Map<number, { added: string[]; removed: string[] }>()
  const changeOf = (number: bigint) => {
    const change = changes.get(Number(number)) ?? { added: [], removed: [] }
    changes.set(Number(number), change)
    return change
  }
  for (const tag of removeTags) {
    const rows = await transaction.$queryRaw<{ runNumber: bigint; text: string }[]>`
      DELETE FROM RunText WHERE kind = 'TAG' AND folded = ${foldText(tag)} AND runNumber IN (SELECT value FROM json_each(${list})) RETURNING runNumber, text`
    for (const { runNumber, text } of rows) changeOf(runNumber).removed.push(text)
  }
  for (const tag of addTags) {
    const rows = await transaction.$queryRaw<{ runNumber: bigint }[]>`
      INSERT INTO RunText (kind, runNumber, folded, text) SELECT 'TAG', value, ${foldText(tag)}, ${tag} FROM json_each(${list}) WHERE true
      ON CONFLICT DO NOTHING RETURNING runNumber`
    for (const { runNumber } of rows) changeOf(runNumber).added.push(tag)
  }
  await requireFewTags(facts, [...changes.keys()])
  // Runs to which the same happened have one event each, written together.
  const alike = new Map<string, { readonly payload: NewRunEventPayload<'TAGS_CHANGED'>; readonly numbers: number[] }>()
  for (const [number, payload] of changes) {
    const key = JSON.stringify(payload)
    const group = alike.get(key) ?? { payload, numbers: [] }
    group.numbers.push(number)
    alike.set(key, group)
  }
  for (const { payload, numbers: some } of alike.values()) await appendToAll(facts, some, { kind: 'TAGS_CHANGED', payload, set: [] })
  return [...changes.keys()]
}

async function requireFewTags({ transaction }: RunFacts, numbers: readonly number[]): Promise<void> {
  const [most] = await transaction.$queryRaw<{ tags: bigint; name: string }[]>`
    SELECT COUNT(*) AS tags, Run.name AS name FROM RunText JOIN Run ON Run.number = runNumber
    WHERE RunText.kind = 'TAG' AND runNumber IN (SELECT value FROM json_each(${JSON.stringify(numbers)})) GROUP BY runNumber ORDER BY tags DESC LIMIT 1`
  if (!most || Number(most.tags) <= MAXIMUM_TAGS) return
  throw new HourglassError(
    errorCodes.badUserInput,
    `addTags: expected at most ${MAXIMUM_TAGS} tags of a run, got ${most.tags} of ${JSON.stringify(most.name)}. Take some off first.`,
  )
}

/** Gives a run these tags and no others; throws RUN_NOT_FOUND. */
export async function setTags(facts: RunFacts, id: string, tags: readonly string[]): Promise<Run> {
  const run = await requireRow(facts, id)
  const wanted = new Set(tags.map(foldText))
  const present = await facts.transaction.runText.findMany({
    where: { kind: 'TAG', runNumber: run.number },
    select: { folded: true, text: true },
  })
  // One that is written otherwise now is another.
  const kept = new Set(present.filter(({ text }) => tags.includes(text)).map(({ folded }) => folded))
  const removeTags = present.filter(({ folded }) => !wanted.has(folded) || !kept.has(folded)).map(({ text }) => text)
  const addTags = tags.filter((tag) => !kept.has(foldText(tag)))
  await changeTags(facts, [run.number], { addTags, removeTags })
  return requireRow(facts, id)
}

interface NewNotes {
  readonly notes: string
  /** What they were made of; undefined to take the place of whatever is there. */
  readonly notesBefore: string | undefined
}

/** Throws RUN_NOT_FOUND, or NOTES_CHANGED where the run has other notes by now than those that the new ones were made of. */
export async function setNotes(facts: RunFacts, id: string, { notes, notesBefore }: NewNotes): Promise<Run> {
  const before = await requireRow(facts, id)
  if (before.notes === notes) return before
  if (notesBefore !== undefined && before.notes !== notesBefore) {
    throw new HourglassError(
      errorCodes.notesChanged,
      'notesBefore: expected the notes that the run has, got others: somebody changed them meanwhile. Read them again, and send what is to take their place.',
    )
  }
  const run = await facts.append(before.number, { kind: 'NOTES_CHANGED', payload: {}, data: { notes } })
  await keepTexts(facts.transaction, run.number, run)
  return run
}

async function requireRow({ transaction }: RunFacts, id: string): Promise<Run> {
  const run = await transaction.run.findUnique({ where: { id } })
  if (run && run.deletedAt === null) return run
  throw runNotFound([id])
}

/** Moves runs to the trash; those that are there stay. Nobody may train them any more: active ones are stopped. */
export async function trashRuns(facts: RunFacts, ids: readonly string[], at: Date): Promise<void> {
  const runs = await facts.transaction.run.findMany({
    where: { id: { in: [...ids] }, deletedAt: null },
    select: { id: true, number: true, status: true, epochs: true, epochsCompleted: true },
  })
  for (const run of runs.filter(({ status }) => status === 'QUEUED' || status === 'RUNNING')) {
    await facts.changeStatus(run.id, { from: [run.status], to: statusWhenStopped(run), data: { finishedAt: at } })
  }
  const numbers = runs.map(({ number }) => number)
  const set = [Prisma.sql`deletedAt = ${at}`, Prisma.sql`queuePlace = NULL`]
  await appendToAll(facts, numbers, { kind: 'TRASHED', payload: {}, set, signal: 'deleted' })
}

/** Takes runs out of the trash, and the experiments that they belong to; returns the ids of those that were there. */
export async function restoreRuns(facts: RunFacts, ids: readonly string[]): Promise<readonly string[]> {
  const runs = await facts.transaction.run.findMany({
    where: { id: { in: [...ids] }, deletedAt: { not: null } },
    select: { id: true, number: true },
    orderBy: { number: 'asc' },
  })
  const numbers = runs.map(({ number }) => number)
  await appendToAll(facts, numbers, { kind: 'RESTORED', payload: {}, set: [Prisma.sql`deletedAt = NULL`], signal: 'created' })
  await restoreExperimentsOf(facts, numbers)
  return runs.map(({ id }) => id)
}

/** A run is in no experiment that is not there: one that is in the trash comes back with it. */
async function restoreExperimentsOf({ transaction }: RunFacts, runNumbers: readonly number[]): Promise<void> {
  const experiments = await transaction.$queryRaw<{ number: bigint }[]>`
    SELECT DISTINCT Experiment.number AS number FROM Experiment JOIN Run ON Run.experimentId = Experiment.id
    WHERE Experiment.deletedAt IS NOT NULL AND Run.number IN (SELECT value FROM json_each(${JSON.stringify(runNumbers)}))`
  for (const { number } of experiments) {
    const seq = await appendLabEvent(transaction, 'EXPERIMENT_RESTORED', { experimentNumber: Number(number) })
    await transaction.experiment.update({ where: { number: Number(number) }, data: { deletedAt: null, lastSeq: seq } })
  }
}
