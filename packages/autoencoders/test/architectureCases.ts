import { describeSchema, type RunConfigInput, runConfigSchema } from '../src/index.js'

/** Small models of every architecture, with which whatever holds for one is tested for all. */
export const architectureCases: Readonly<Record<string, NonNullable<RunConfigInput['architecture']>>> = {
  dense: { kind: 'dense', latentDimension: 8, hiddenWidths: [32] },
  'dense with tied weights': { kind: 'dense', latentDimension: 4, hiddenWidths: [24, 12], decoderWeights: 'tied' },
  'dense variational': { kind: 'dense', latentDimension: 3, hiddenWidths: [16], encoder: { kind: 'variational' } },
  convolutional: { kind: 'convolutional', filters: [2, 3], bottleneck: { kind: 'featureMap', channels: 2 } },
  'convolutional variational with upsampling': {
    kind: 'convolutional',
    filters: [2, 2, 3],
    kernelSize: 4,
    bottleneck: { kind: 'dense', latentDimension: 4 },
    upsampling: 'nearestNeighbor',
    encoder: { kind: 'variational' },
  },
}

const root = describeSchema(runConfigSchema)
const architecture = root.type === 'object' ? root.fields.architecture : undefined
const kinds = architecture?.type === 'choice' ? Object.keys(architecture.variants) : []
const missing = kinds.filter((kind) => !Object.values(architectureCases).some((each) => each.kind === kind))
if (missing.length > 0) throw new Error(`expected a case for every architecture, got none for ${missing.join(', ')}`)
