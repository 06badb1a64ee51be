import { artifactUrl, runFiles } from '../../artifacts/runFiles.js'
import type { CodeSnapshot } from '../../generated/prisma/client.js'
import { fromBytes } from '../../runs/EpochRecord.js'
import { builder } from './builder.js'

interface CodeDimension {
  readonly index: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
  readonly divergence: number | null
}

const CodeDimensionType = builder.objectRef<CodeDimension>('CodeDimension').implement({
  fields: (t) => ({
    index: t.exposeInt('index'),
    minimum: t.exposeFloat('minimum'),
    maximum: t.exposeFloat('maximum'),
    mean: t.exposeFloat('mean'),
    standardDeviation: t.exposeFloat('standardDeviation'),
    divergence: t.exposeFloat('divergence', {
      nullable: true,
      description: 'Mean of KL(q(zⱼ|x) ‖ p(zⱼ)) over all test examples; null unless the encoder is variational. Unit: nats.',
    }),
  }),
})

export const CodeSnapshotType = builder.objectRef<CodeSnapshot>('CodeSnapshot').implement({
  description: 'Codes of test examples after one epoch.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    count: t.exposeInt('count', { description: 'Examples in the file.' }),
    url: t.string({
      description:
        'A safetensors file: `codes` [count, latent dimension] and `labels` [count] of test examples; `trainingCodes` [at most 1000, latent dimension] of training examples, unless codes have more than 256 units or there are fewer than 500.',
      resolve: ({ runId, epoch }) => artifactUrl(runId, runFiles.codes(epoch)),
    }),
    dimensions: t.field({
      type: [CodeDimensionType],
      description: 'Distribution of each dimension over all test examples.',
      resolve: ({ dimensions, divergences }) => readDimensions(dimensions, divergences),
    }),
  }),
})

function readDimensions(bytes: Uint8Array, divergenceBytes: Uint8Array | null): CodeDimension[] {
  const values = fromBytes(bytes)
  const divergences = divergenceBytes && fromBytes(divergenceBytes)
  return Array.from({ length: values.length / 4 }, (_, index) => {
    const [minimum = 0, maximum = 0, mean = 0, standardDeviation = 0] = values.subarray(index * 4, index * 4 + 4)
    return { index, minimum, maximum, mean, standardDeviation, divergence: divergences?.[index] ?? null }
  })
}
