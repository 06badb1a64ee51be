import type { Lab } from '../../Lab.js'
import type { SpeedState, SpeedStatus } from '../../machine/EstimateShelf.js'
import { builder } from './builder.js'

const SpeedStateType = builder.enumType('SpeedState', {
  description: 'What is known of how fast this machine trains; estimates come of it.',
  values: {
    UNMEASURED: { description: 'Nothing yet: it is measured when estimates are asked for while no run trains.' },
    MEASURING: { description: 'It is being measured.' },
    DISTURBED: { description: 'Other programs took part of the machine in all measurements so far; it will be measured again.' },
    MEASURED: { description: 'It was measured when the machine did little else.' },
  } satisfies Record<SpeedState, object>,
})

const MachineSpeedType = builder.objectRef<SpeedStatus>('MachineSpeed').implement({
  description: 'How far this machine’s speed is known.',
  fields: (t) => ({
    state: t.field({ type: SpeedStateType, resolve: ({ state }) => state }),
    measuredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last measured.',
      resolve: ({ measuredAt }) => measuredAt,
    }),
  }),
})

const LabType = builder.objectRef<Lab>('Lab').implement({
  description: 'This installation, and what it is doing.',
  fields: (t) => ({
    version: t.exposeString('version'),
    threads: t.int({ description: 'Threads of each run.', resolve: ({ settings }) => settings.threads }),
    maxRuns: t.int({ description: 'Runs that train at the same time.', resolve: ({ settings }) => settings.maxRuns }),
    queued: t.int({ resolve: ({ store }) => store.countByStatus('QUEUED') }),
    speed: t.field({ type: MachineSpeedType, resolve: ({ estimates }) => estimates.status() }),
    running: t.int({ resolve: ({ store }) => store.countByStatus('RUNNING') }),
  }),
})

builder.queryFields((t) => ({ lab: t.field({ type: LabType, resolve: (_, __, { lab }) => lab }) }))

builder.mutationFields((t) => ({
  measureSpeed: t.field({
    type: LabType,
    description:
      'Begins to measure anew how fast this machine trains, which takes some seconds; what was measured before counts no more then. Fails with LAB_BUSY while a run trains.',
    resolve: (_, __, { lab }) => {
      lab.estimates.remeasure()
      return lab
    },
  }),
}))
