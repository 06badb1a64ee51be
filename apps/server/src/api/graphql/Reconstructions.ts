import { findDataset } from '@hourglass/datasets'
import { artifactNames } from '@hourglass/protocol'
import { z } from 'zod'
import { artifactUrl } from '../../artifacts/artifactUrl.js'
import type { Run } from '../../runs/RunReader.js'
import { builder } from './builder.js'
import type { Loaders } from './loaders.js'

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
      description: 'Shape of one example, [28, 28] for images, [2] for points in the plane, [3] for points in space.',
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

const labelsSchema = z.array(z.int()).catch([])

/** Describes the reconstructions of an epoch that the run has completed; null where the run keeps none. */
export async function describeReconstructions(loaders: Loaders, run: Run, epoch: number): Promise<Reconstructions | null> {
  const { id, number, dataset, sampleLabels } = run
  const { originals, corrupted } = await loaders.samples.load(number)
  if (!originals) return null
  const extension = originals.slice(originals.lastIndexOf('.') + 1)
  return {
    epoch,
    exampleShape: (dataset === null ? undefined : findDataset(dataset))?.exampleShape ?? [],
    labels: labelsSchema.parse(sampleLabels),
    originalsUrl: artifactUrl(id, originals),
    corruptedUrl: corrupted ? artifactUrl(id, corrupted) : null,
    reconstructionsUrl: artifactUrl(id, artifactNames.reconstructions(epoch, extension)),
  }
}
