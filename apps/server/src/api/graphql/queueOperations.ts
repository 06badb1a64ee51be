import { errorCodes, HourglassError } from '../../HourglassError.js'
import { moveInQueue, pauseQueue } from '../../runs/queue/controlQueue.js'
import type { QueueTarget } from '../../runs/queue/moveInQueue.js'
import { readQueue } from '../../runs/queue/readQueue.js'
import { builder } from './builder.js'
import { LabType } from './LabStatus.js'
import { RunType } from './Run.js'

const MAXIMUM_PAGE = 500

const QueueTargetInput = builder.inputType('QueueTarget', {
  description: 'Where a run is to wait.',
  isOneOf: true,
  fields: (t) => ({
    first: t.boolean({ description: 'Before all that were not interrupted; only true.' }),
    before: t.id(),
    after: t.id(),
    last: t.boolean({ description: 'Behind all that wait now; only true.' }),
  }),
})

function readTarget({ before, after, last }: typeof QueueTargetInput.$inferInput): QueueTarget {
  if (before) return { before }
  if (last) return { last }
  return after ? { after } : { first: true }
}

builder.queryFields((t) => ({
  queue: t.field({
    type: [RunType],
    description: `Runs that wait, in the order in which they are given to workers, at most ${MAXIMUM_PAGE} of them; \`lab.queued\` counts all.`,
    args: { first: t.arg.int({ defaultValue: 100 }) },
    complexity: ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first ?? 100, 1), MAXIMUM_PAGE) }),
    resolve: async (_, { first }, { lab, loaders }) => {
      const size = first ?? 100
      if (size < 1 || size > MAXIMUM_PAGE) {
        throw new HourglassError(errorCodes.badUserInput, `first: expected 1 to ${MAXIMUM_PAGE}, got ${size}.`)
      }
      const waiting = (await readQueue(lab.database.read)).slice(0, size)
      const runs = await Promise.all(waiting.map(({ number }) => loaders.runByNumber.load(number)))
      return runs.filter((run) => run !== null)
    },
  }),
}))

builder.mutationFields((t) => ({
  moveInQueue: t.field({
    type: RunType,
    description:
      'Moves a QUEUED run to another place in the queue. It and all that are ahead of it keep their order from then on; behind them clients take turns. Fails with RUN_NOT_FOUND or RUN_NOT_QUEUED.',
    args: { id: t.arg.id({ required: true }), to: t.arg({ type: QueueTargetInput, required: true }) },
    resolve: (_, { id, to }, { lab }) => moveInQueue(lab, id, readTarget(to)),
  }),
  pauseQueue: t.field({
    type: LabType,
    description: 'Gives no queued run to a worker until `resumeQueue`, also after a restart. Runs that train go on.',
    resolve: async (_, __, { lab }) => {
      await pauseQueue(lab, true)
      return lab
    },
  }),
  resumeQueue: t.field({
    type: LabType,
    resolve: async (_, __, { lab }) => {
      await pauseQueue(lab, false)
      return lab
    },
  }),
}))
