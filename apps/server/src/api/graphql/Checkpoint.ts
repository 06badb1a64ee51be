import { epochOfArtifact } from '@hourglass/protocol'
import { artifactUrl } from '../../artifacts/artifactUrl.js'
import type { Artifact } from '../../generated/prisma/client.js'
import { builder } from './builder.js'

export interface RunArtifact {
  readonly runId: string
  readonly artifact: Artifact
}

export const CheckpointType = builder.objectRef<RunArtifact>('Checkpoint').implement({
  description: 'The parameters after one epoch, as a safetensors file.',
  fields: (t) => ({
    epoch: t.int({ resolve: ({ artifact }) => epochOfArtifact(artifact.name) ?? 0 }),
    url: t.string({ resolve: ({ runId, artifact }) => artifactUrl(runId, artifact.name) }),
    bytes: t.int({ resolve: ({ artifact }) => artifact.bytes }),
  }),
})
