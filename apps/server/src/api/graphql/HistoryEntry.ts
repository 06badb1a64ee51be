import type { HistoryEntry } from '../../runs/RunReader.js'
import { builder } from './builder.js'

export const HistoryEntryType = builder.objectRef<HistoryEntry>('HistoryEntry').implement({
  description: 'What happened to a run, in a line.',
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: 'That of the event.' }),
    at: t.expose('at', { type: 'DateTime' }),
    line: t.exposeString('line'),
  }),
})
