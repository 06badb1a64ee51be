import { type DatasetId, datasetCatalog } from '@hourglass/datasets'
import { z } from 'zod'
import { artifactUrl, runFiles } from '../../artifacts/runFiles.js'
import type { Run } from '../../generated/prisma/client.js'
import { builder } from './builder.js'

interface Reconstructions {
  readonly epoch: number
  readonly exampleShape: readonly number[]
  readonly labels: readonly number[]
  readonly originalsUrl: string
  readonly corruptedUrl: string | null
  readonly reconstructionsUrl: string
}

export const ReconstructionsType = builder.objectRef<Reconstructions>('Reconstructions').implement({
  description: 'The same test examples at every epoch: a PNG strip of images side by side, or a safetensors file of `points` [count, 2].',
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    count: t.int({ resolve: ({ labels }) => labels.length }),
    exampleShape: t.intList({
      description: 'Shape of one example, [28, 28] for images or [2] for points.',
      resolve: ({ exampleShape }) => [...exampleShape],
    }),
    labels: t.intList({ resolve: ({ labels }) => [...labels] }),
    originalsUrl: t.exposeString('originalsUrl'),
    corruptedUrl: t.exposeString('corruptedUrl', {
      nullable: true,
      description: 'What the encoder sees of them; null where that is themselves.',
    }),
    reconstructionsUrl: t.exposeString('reconstructionsUrl'),
  }),
})

const labelsSchema = z.array(z.int()).nullable()

/** Describes the reconstructions of an epoch that the run has completed. */
export function describeReconstructions({ id, dataset, sampleLabels, hasCorruptedSamples }: Run, epoch: number): Reconstructions {
  const { kind, exampleShape } = datasetCatalog[dataset as DatasetId]
  return {
    epoch,
    exampleShape,
    labels: labelsSchema.parse(sampleLabels) ?? [],
    originalsUrl: artifactUrl(id, runFiles.originals(kind)),
    corruptedUrl: hasCorruptedSamples ? artifactUrl(id, runFiles.corrupted(kind)) : null,
    reconstructionsUrl: artifactUrl(id, runFiles.reconstructions(kind, epoch)),
  }
}
