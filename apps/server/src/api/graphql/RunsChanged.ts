import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type ChangedRow, tableChanges } from '../../runs/feeds/tableFeed.js'
import type { Run } from '../../runs/RunReader.js'
import { builder } from './builder.js'
import { RunType } from './Run.js'
import { selects } from './selects.js'

const RunsChangeType = builder.enumType('RunsChange', { values: tableChanges })

const RunsChangedType = builder.objectRef<ChangedRow<Run>>('RunsChanged').implement({
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: 'Sequence number of the newest event that this tells of: where to resume from.' }),
    change: t.field({ type: RunsChangeType, resolve: ({ change }) => change }),
    id: t.exposeID('id'),
    run: t.field({
      type: RunType,
      nullable: true,
      description: 'The run as it is now; null where it was deleted.',
      resolve: ({ row }) => row,
    }),
  }),
})

builder.subscriptionFields((t) => ({
  runsChanged: t.field({
    type: RunsChangedType,
    description:
      'Every run that changed after `after`, in the order of its newest change and as it is now, then live; several changes of one run in short time come as one. Where `queuePosition` is asked for, runs that wait are told of whenever theirs is another, too.',
    args: { after: t.arg.int({ description: 'Sequence number of the last change that the client has; left out, only what comes.' }) },
    // biome-ignore lint/complexity/useMaxParams: GraphQL calls it with these.
    subscribe: (_, { after }, { lab }, info) => {
      if ((after ?? 0) < 0) throw new HourglassError(errorCodes.badUserInput, `after: expected a sequence number from 0, got ${after}.`)
      // Those who do not ask for places are not told of each run behind one that starts.
      if (selects(info, ['run', 'queuePosition'])) return lab.feeds.followPlacedRuns(after ?? undefined)
      return lab.feeds.followRuns(after ?? undefined)
    },
    resolve: (changed) => changed,
  }),
}))
