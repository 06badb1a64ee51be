import type { Lab } from '../../Lab.js'
import { newestSeq } from '../../runs/newestSeq.js'
import { isQueuePaused } from '../../runs/queue/queueRest.js'
import { builder } from './builder.js'
import { ObstacleType } from './Progress.js'
import { selects } from './selects.js'

export const LabType = builder.objectRef<Lab>('Lab').implement({
  description: 'This installation, and what it is doing.',
  fields: (t) => ({
    version: t.exposeString('version'),
    commit: t.exposeString('commit', {
      nullable: true,
      description: 'That it was built of, with + where files were changed since; null where that is not known.',
    }),
    identity: t.exposeString('identity', {
      description:
        'Names what is stored. Another one after a backup was restored: then sequence numbers, and whatever was read before, say nothing any more. What acknowledges a WebSocket says it too.',
    }),
    lastSeq: t.int({
      description: 'Sequence number of the newest event: what follows it is what happens from now on.',
      resolve: ({ database }) => newestSeq(database.read),
    }),
    isOpen: t.boolean({
      description: 'Whether everybody who reaches this machine over a network may use the lab, as there is no sign-in.',
      resolve: ({ settings }) => settings.isOpen,
    }),
    isFresh: t.boolean({
      description: 'Whether nobody has launched a run yet; the demonstration does not count.',
      resolve: ({ runs }) => runs.isFresh(),
    }),
    threads: t.int({ description: 'Threads of each run.', resolve: ({ settings }) => settings.threads }),
    maxRuns: t.int({ description: 'Runs that train at the same time.', resolve: ({ settings }) => settings.maxRuns }),
    obstacle: t.field({
      type: ObstacleType,
      nullable: true,
      description: 'What keeps the lab from storing anything; null while nothing waits.',
      resolve: ({ database: { state } }) => {
        const fault = state.damage ?? state.waiting
        return fault && { code: fault.code, message: `Nothing can be stored: ${fault.reason}. ${fault.remedy}` }
      },
    }),
    queuePaused: t.boolean({
      description: 'Whether no queued run is given to a worker until `resumeQueue`; runs that train go on.',
      resolve: ({ database }) => isQueuePaused(database.read),
    }),
    trashDays: t.int({ description: 'Days that deleted runs lie in the trash.', resolve: ({ settings }) => settings.trashDays }),
    queued: t.int({ resolve: ({ runs }) => runs.countByStatus('QUEUED') }),
    running: t.int({ resolve: ({ runs }) => runs.countByStatus('RUNNING') }),
  }),
})

builder.queryFields((t) => ({ lab: t.field({ type: LabType, resolve: (_, __, { lab }) => lab }) }))

builder.subscriptionFields((t) => ({
  labChanged: t.field({
    type: LabType,
    description:
      'The lab as it is, at once and whenever what it waits for (`obstacle`), or whether its queue rests, changes. Where `queued` or `running` is asked for, also whenever other runs wait or train, or wait in another order.',
    // biome-ignore lint/complexity/useMaxParams: GraphQL calls it with these.
    subscribe: (_, __, { lab }, info) =>
      ['queued', 'running'].some((name) => selects(info, [name])) ? lab.feeds.followQueue() : lab.feeds.followLab(),
    resolve: (_, __, { lab }) => lab,
  }),
}))
