import { artifactUrl, runFiles } from '../../artifacts/runFiles.js'
import type { Checkpoint } from '../../generated/prisma/client.js'
import { builder } from './builder.js'

export const CheckpointType = builder.objectRef<Checkpoint>('Checkpoint').implement({
  description: 'The parameters after one epoch, as a safetensors file.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    url: t.string({ resolve: ({ runId, epoch }) => artifactUrl(runId, runFiles.checkpoint(epoch)) }),
    bytes: t.exposeInt('bytes'),
  }),
})
