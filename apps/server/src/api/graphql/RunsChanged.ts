import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { ChangedRun } from '../../runs/feeds/ListedRuns.js'
import { tableChanges } from '../../runs/feeds/tableFeed.js'
import { type RunList, readList } from '../../runs/runList.js'
import { builder } from './builder.js'
import { RunType } from './Run.js'
import { RunListInput, readListInput } from './RunList.js'
import { selects } from './selects.js'

/** Lists that a page may show at once; each is looked up for every change. */
const MAXIMUM_LISTS = 8
/** Of one list, for a change; a long one is of many conditions. */
const COST_OF_LIST = 20
const CHARACTERS_FOR_ONE = 20
const costOf = (list: object) => COST_OF_LIST + Math.ceil(JSON.stringify(list).length / CHARACTERS_FOR_ONE)

interface ToldChange {
  readonly changed: ChangedRun
  readonly lists: readonly RunList[]
}

const RunsChangeType = builder.enumType('RunsChange', { values: tableChanges })

const RunsChangedType = builder.objectRef<ToldChange>('RunsChanged').implement({
  fields: (t) => ({
    seq: t.int({
      description: 'Sequence number of the newest event that this tells of: where to resume from.',
      resolve: ({ changed: { seq } }) => seq,
    }),
    change: t.field({ type: RunsChangeType, resolve: ({ changed: { change } }) => change }),
    id: t.id({ resolve: ({ changed: { id } }) => id }),
    run: t.field({
      type: RunType,
      nullable: true,
      description: 'The run as it is now; null where it was deleted.',
      resolve: ({ changed: { row } }) => row,
    }),
    cursors: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description:
        'For each of `lists` the cursor that `runs` has for the run there, null where it is not in the list. Where it is the one that was known, the run has not moved.',
      resolve: ({ changed, lists }, _, { lab }) => Promise.all(lists.map((list) => lab.feeds.listed.cursorOf(changed, list))),
    }),
  }),
})

builder.subscriptionFields((t) => ({
  runsChanged: t.field({
    type: RunsChangedType,
    description:
      'Every run that changed after `after`, or whose experiment was renamed, in the order of its newest change and as it is now, then live; several changes of one run in short time come as one. Where `queuePosition` is asked for, runs that wait are told of whenever theirs is another, too.',
    args: {
      after: t.arg.int({ description: 'Sequence number of the last change that the client has; left out, only what comes.' }),
      lists: t.arg({
        type: [RunListInput],
        description: `Lists in which \`cursors\` tells where each run stands, at most ${MAXIMUM_LISTS}.`,
      }),
    },
    complexity: ({ lists }) => ({ field: (lists ?? []).reduce((cost, list) => cost + costOf(list), 1), multiplier: 1 }),
    // biome-ignore lint/complexity/useMaxParams: GraphQL calls it with these.
    subscribe: async (_, { after, lists }, { lab }, info) => {
      if ((after ?? 0) < 0) throw new HourglassError(errorCodes.badUserInput, `after: expected a sequence number from 0, got ${after}.`)
      if (lists && lists.length > MAXIMUM_LISTS) {
        throw new HourglassError(errorCodes.badUserInput, `lists: expected at most ${MAXIMUM_LISTS}, got ${lists.length}.`)
      }
      // What cannot be listed is refused at once, and not with the first change.
      for (const list of lists ?? []) await readList(lab.database.read, readListInput(list))
      // Those who do not ask for places are not told of each run behind one that starts.
      if (selects(info, ['run', 'queuePosition'])) return lab.feeds.followPlacedRuns(after ?? undefined)
      return lab.feeds.followRuns(after ?? undefined)
    },
    resolve: (changed, { lists }) => ({ changed, lists: (lists ?? []).map(readListInput) }),
  }),
}))
