import type { Extension } from '../../runs/extendRun.js'
import { builder } from './builder.js'

export const RunExtensionType = builder.objectRef<Extension>('RunExtension').implement({
  description: 'What giving a run more epochs (`extendRun`) comes to.',
  fields: (t) => ({
    problem: t.exposeString('problem', { nullable: true, description: 'Why it cannot have more; null where it can.' }),
    differences: t.stringList({
      description:
        'In what it will differ from a run that was launched with as many epochs, and what has to be trained first, a sentence each; none where it will be the same to the last bit.',
      resolve: ({ differences }) => [...differences],
    }),
  }),
})
