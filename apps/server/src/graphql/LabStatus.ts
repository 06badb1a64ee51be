import type { Lab } from '../Lab.js'
import { builder } from './builder.js'

const LabType = builder.objectRef<Lab>('Lab').implement({
  description: 'This installation, and what it is doing.',
  fields: (t) => ({
    version: t.exposeString('version'),
    threads: t.int({ description: 'Threads of each run.', resolve: ({ settings }) => settings.threads }),
    maxRuns: t.int({ description: 'Runs that train at the same time.', resolve: ({ settings }) => settings.maxRuns }),
    queued: t.int({ resolve: ({ store }) => store.countByStatus('QUEUED') }),
    running: t.int({ resolve: ({ store }) => store.countByStatus('RUNNING') }),
  }),
})

builder.queryFields((t) => ({ lab: t.field({ type: LabType, resolve: (_, __, { lab }) => lab }) }))
