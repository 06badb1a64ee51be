import { artifactNames } from '@hourglass/protocol'
import { artifactUrl } from '../../artifacts/artifactUrl.js'
import { type CodeDistribution, readCodeDistribution } from '../../artifacts/readCodeDistribution.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import type { Run } from '../../runs/RunReader.js'
import { builder } from './builder.js'

interface CodeSnapshot {
  readonly run: Run
  readonly epoch: number
  /** Read when it is asked for, once. */
  readonly distribution: () => Promise<CodeDistribution>
}

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
      description:
        'Mean of KL(q(zⱼ|x) ‖ p(zⱼ)) over the test examples that are encoded; null unless the encoder is variational. Unit: nats.',
    }),
  }),
})

export const CodeSnapshotType = builder.objectRef<CodeSnapshot>('CodeSnapshot').implement({
  description: 'Codes of test examples after one epoch.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    count: t.int({ description: 'Examples in the file.', resolve: async ({ distribution }) => (await distribution()).count }),
    url: t.string({
      description:
        'A safetensors file: `codes` [count, latent dimension] and `labels` [count] of test examples; `trainingCodes` [at most 1000, latent dimension] and `trainingLabels` of the first training examples, unless codes have more than 256 units. Those of this version begin with `dimensions` [latent dimension, 4], the minimum, maximum, mean and standard deviation of each over all test examples.',
      resolve: ({ run, epoch }) => artifactUrl(run.id, artifactNames.codes(epoch)),
    }),
    dimensions: t.field({
      type: [CodeDimensionType],
      description:
        'Distribution of each dimension over the test examples that are encoded: the first 2,000; of runs that hold none out for validation all.',
      resolve: async ({ distribution }) => toDimensions(await distribution()),
    }),
  }),
})

/** Describes the codes of an epoch; null where the run has none. */
export async function describeCodes({ artifacts }: Lab, run: Run, epoch: number): Promise<CodeSnapshot | null> {
  const name = artifactNames.codes(epoch)
  if (!(await artifacts.find(run.number, name))) return null
  let reading: Promise<CodeDistribution> | undefined
  const distribution = () => {
    reading ??= readCodeDistribution(artifacts, run, epoch).then((read) => {
      if (read) return read
      throw new HourglassError(errorCodes.artifactMissing, `${name}: expected a file of the run, got none: the run was deleted.`)
    })
    return reading
  }
  return { run, epoch, distribution }
}

function toDimensions({ dimensions, divergences }: CodeDistribution): CodeDimension[] {
  return Array.from({ length: dimensions.length / 4 }, (_, index) => {
    const at = (column: number) => dimensions[index * 4 + column] ?? 0
    const [minimum, maximum, mean, standardDeviation] = [at(0), at(1), at(2), at(3)]
    return { index, minimum, maximum, mean, standardDeviation, divergence: divergences?.[index] ?? null }
  })
}
