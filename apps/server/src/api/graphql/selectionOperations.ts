import { changeRuns } from '../../runs/changeRuns.js'
import { MOST_EXCEPT } from '../../runs/runFilter.js'
import { MAXIMUM_SELECTED, type RunSelection, selectRuns } from '../../runs/selectRuns.js'
import { purgeRuns, type RunsAffected, restoreRuns, trashRuns } from '../../runs/trash.js'
import { builder } from './builder.js'
import { RunFilterInput, readFilterInput } from './RunFilter.js'

const MatchingRunsInput = builder.inputType('MatchingRuns', {
  description: 'All runs that match, as they were looked at.',
  fields: (t) => ({
    filter: t.field({ type: RunFilterInput, required: true }),
    count: t.int({
      required: true,
      description:
        'How many the client saw (`totalCount`, less those of `except`). Fails with SELECTION_CHANGED where more than a twentieth more or fewer match now; of fewer than twenty none may have come or gone.',
    }),
    except: t.idList({ description: `Runs that are not meant though they match, at most ${MOST_EXCEPT}; \`count\` is without them.` }),
    lastSeq: t.int({
      required: true,
      description: 'Newest event that the client knew of (`lastSeq` of the page): runs that were launched since are not meant.',
    }),
  }),
})

export const RunSelectionInput = builder.inputType('RunSelection', {
  description: `Runs that are meant, at most ${MAXIMUM_SELECTED}: by their ids, which fails with RUN_NOT_FOUND where one is missing, or all that match.`,
  isOneOf: true,
  fields: (t) => ({ ids: t.idList(), matching: t.field({ type: MatchingRunsInput }) }),
})

const RunsChangeInput = builder.inputType('RunsChangeInput', {
  description: 'What is said of runs from then on; what is left out stays.',
  fields: (t) => ({ addTags: t.stringList(), removeTags: t.stringList(), starred: t.boolean(), archived: t.boolean() }),
})

const RunsAffectedType = builder.objectRef<RunsAffected>('RunsAffected').implement({
  fields: (t) => ({
    count: t.int({ description: 'Runs that are otherwise now.', resolve: ({ ids }) => ids.length }),
    ids: t.field({ type: ['ID'], complexity: { field: 1, multiplier: 1 }, resolve: ({ ids }) => [...ids] }),
    bytes: t.exposeFloat('bytes', { description: 'Bytes of files that this gives back; 0 where none are.' }),
  }),
})

const idsOf = (runs: readonly { readonly id: string }[]) => runs.map(({ id }) => id)

/** Reads a selection as the store looks for it. */
export function readSelection({ ids, matching }: typeof RunSelectionInput.$inferInput): RunSelection {
  if (ids) return { ids }
  const { filter, except, count = 0, lastSeq = 0 } = matching ?? {}
  return { matching: { filter: { ...readFilterInput(filter), except }, count, lastSeq } }
}

builder.mutationFields((t) => {
  const args = { runs: t.arg({ type: RunSelectionInput, required: true }) }
  return {
    changeRuns: t.field({
      type: RunsAffectedType,
      description: 'Tags, stars or archives runs, all or none of them; tells of those that changed by it.',
      args: { ...args, change: t.arg({ type: RunsChangeInput, required: true }) },
      resolve: async (_, { runs, change }, { lab }) => changeRuns(lab, await selectRuns(lab.database.read, readSelection(runs)), change),
    }),
    trashRuns: t.field({
      type: RunsAffectedType,
      description: 'Moves runs to the trash, active ones too, which are stopped: they can be restored until `purgeAt`.',
      args,
      resolve: async (_, { runs }, { lab }) => trashRuns(lab, idsOf(await selectRuns(lab.database.read, readSelection(runs)))),
    }),
    restoreRuns: t.field({
      type: RunsAffectedType,
      description: 'Takes runs out of the trash, with the experiments that they belong to; tells of those that were there.',
      args,
      resolve: async (_, { runs }, { lab }) => restoreRuns(lab, idsOf(await selectRuns(lab.database.read, readSelection(runs)))),
    }),
    purgeRuns: t.field({
      type: RunsAffectedType,
      description: 'Deletes runs for good, in the trash or not, with everything they hold.',
      args,
      resolve: async (_, { runs }, { lab }) => purgeRuns(lab, await selectRuns(lab.database.read, readSelection(runs))),
    }),
  }
})
