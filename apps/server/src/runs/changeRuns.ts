import { errorCodes, HourglassError } from '../HourglassError.js'
import { markRuns, setNotes, setTags } from './markRuns.js'
import type { Run, RunReader } from './RunReader.js'
import type { RunRecorder } from './RunRecorder.js'
import { checkNotes, checkTags } from './RunTexts.js'
import { checkName } from './runNames.js'
import type { SelectedRun } from './selectRuns.js'
import type { RunsAffected } from './trash.js'

/** What changing one run needs. */
export interface RunChanging {
  readonly runs: RunReader
  readonly recorder: RunRecorder
}

type Optional<Value> = Value | null | undefined

/** What somebody says of a run; what is left out stays. */
export interface RunUpdate {
  readonly name?: Optional<string>
  readonly notes?: Optional<string>
  /** The notes that `notes` was made of: where the run has others by now, nothing is changed. */
  readonly notesBefore?: Optional<string>
  /** All that it is to have. */
  readonly tags?: Optional<readonly string[]>
  readonly starred?: Optional<boolean>
  readonly archived?: Optional<boolean>
}

/** Changes what is said of a run, all of it or nothing. Throws RUN_NOT_FOUND, NOTES_CHANGED or BAD_USER_INPUT. */
export async function updateRun({ runs, recorder }: RunChanging, id: string, update: RunUpdate): Promise<Run> {
  const { number } = await runs.requireRun(id)
  const name = given(update.name, checkName)
  const notes = given(update.notes, checkNotes)
  const notesBefore = update.notesBefore ?? undefined
  if (notesBefore !== undefined && notes === undefined) {
    throw new HourglassError(errorCodes.badUserInput, 'notesBefore: expected notes beside it, got none. It tells what they were made of.')
  }
  const tags = given(update.tags, checkTags)
  const marks = { isStarred: update.starred ?? undefined, isArchived: update.archived ?? undefined }
  await recorder.record(async (facts) => {
    if (name !== undefined) await facts.rename(id, name)
    if (notes !== undefined) await setNotes(facts, id, { notes, notesBefore })
    if (tags !== undefined) await setTags(facts, id, tags)
    await markRuns(facts, [number], marks)
  })
  return runs.requireRun(id)
}

const given = <Value, Checked>(value: Optional<Value>, check: (value: Value) => Checked): Checked | undefined =>
  value === null || value === undefined ? undefined : check(value)

/** What is said of many runs at once. */
export interface RunsChange {
  readonly addTags?: Optional<readonly string[]>
  readonly removeTags?: Optional<readonly string[]>
  readonly starred?: Optional<boolean>
  readonly archived?: Optional<boolean>
}

/** Changes what is said of runs, of all or of none; returns the ids of those that changed by it. Throws BAD_USER_INPUT. */
export async function changeRuns(
  { recorder }: { readonly recorder: RunRecorder },
  runs: readonly SelectedRun[],
  change: RunsChange,
): Promise<RunsAffected> {
  const addTags = checkTags(change.addTags ?? [], 'addTags')
  const removeTags = checkTags(change.removeTags ?? [], 'removeTags')
  const marks = { addTags, removeTags, isStarred: change.starred ?? undefined, isArchived: change.archived ?? undefined }
  if (addTags.length + removeTags.length === 0 && marks.isStarred === undefined && marks.isArchived === undefined) {
    throw new HourglassError(errorCodes.badUserInput, 'change: expected tags to add or to remove, starred or archived, got none of these.')
  }
  const numbers = runs.map(({ number }) => number)
  const changed = await recorder.record((facts) => markRuns(facts, numbers, marks))
  return { ids: runs.flatMap(({ id, number }) => (changed.has(number) ? [id] : [])), bytes: 0 }
}
