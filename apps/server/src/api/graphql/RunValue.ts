import type { RunValueRow } from '../../runs/runValues.js'
import { builder } from './builder.js'

export const RunValueType = builder.objectRef<RunValueRow>('RunValue').implement({
  description: 'A number or a text by its name.',
  fields: (t) => ({
    name: t.exposeString('name'),
    number: t.exposeFloat('number', { nullable: true }),
    text: t.exposeString('text', { nullable: true }),
  }),
})
