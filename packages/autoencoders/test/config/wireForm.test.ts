import { corruptionKinds } from '@hourglass/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimizerRows } from '../../src/config/optimizerSchema.js'
import {
  completeRunConfig,
  describeSchema,
  type FieldDescription,
  fromWire,
  runConfigSchema,
  toWire,
  toWirePath,
  validateRunConfig,
} from '../../src/index.js'
import { arbitraryValue } from './arbitraryConfig.js'

const root = describeSchema(runConfigSchema)

/** Adds what a GraphQL answer has beyond the value: `__typename`, and null for the members of a choice that were not taken. */
function asAnswered(field: FieldDescription, wire: unknown): unknown {
  if (field.type === 'list') return (wire as unknown[]).map((item) => asAnswered(field.item, item))
  const members = field.type === 'object' ? field.fields : field.type === 'choice' ? field.variants : undefined
  if (!members || wire === true || wire === null) return wire
  const given = wire as Record<string, unknown>
  const answered = Object.entries(members).map(([name, member]) => [name, name in given ? asAnswered(member, given[name]) : null])
  return { __typename: 'Any', ...Object.fromEntries(answered) }
}

describe('the wire form', () => {
  it('writes choices as one member and enums in upper case', () => {
    const config = completeRunConfig({ data: { dataset: 'two-moons' }, optimizer: { kind: 'sgd', momentum: 0.9 } })
    expect(toWire(root, config)).toEqual({
      data: { dataset: 'two-moons', trainCount: null, validationCount: null, testCount: null, selection: 'RANDOM' },
      architecture: {
        dense: {
          latentDimension: 32,
          hiddenWidths: [],
          decoderWeights: 'OWN',
          hiddenActivation: 'RELU',
          encoder: { deterministic: true },
          codeActivation: 'LINEAR',
          outputActivation: 'SIGMOID',
          initializer: { glorotUniform: true },
        },
      },
      loss: 'MEAN_SQUARED_ERROR',
      corruption: { none: true },
      regularizer: { none: true },
      optimizer: { sgd: { learningRate: 0.1, momentum: 0.9, schedule: { constant: true }, warmupEpochs: 0, clipNorm: null } },
      training: { epochs: 20, batchSize: 128, seed: 1, engine: 'ONNX', patience: null, pretraining: { none: true } },
      evaluation: { labels: null, fineTuningEpochs: 50, importanceSamples: 50 },
    })
  })

  it('comes back as it went, for every configuration', () => {
    fc.assert(
      fc.property(arbitraryValue(root), (config) => {
        expect(fromWire(root, toWire(root, config))).toEqual(config)
      }),
    )
  })

  it('reads an answer as an input', () => {
    fc.assert(
      fc.property(arbitraryValue(root), (config) => {
        expect(fromWire(root, asAnswered(root, toWire(root, config)))).toEqual(config)
      }),
    )
  })

  it('leaves what is absent to the schema’s defaults', () => {
    expect(runConfigSchema.parse(fromWire(root, { training: { epochs: 3 }, optimizer: null }))).toEqual(
      completeRunConfig({ training: { epochs: 3 } }),
    )
  })

  it('hands values that no enum has on to validation', () => {
    expect(fromWire(root, { loss: 'HINGE' })).toEqual({ loss: 'HINGE' })
  })

  it.each([
    [{ optimizer: { closedForm: false } }, ['optimizer'], 'Optimizer', Object.keys(optimizerRows).join(', '), 'closedForm'],
    [{ corruption: { none: false } }, ['corruption'], 'Corruption', ['none', ...corruptionKinds].join(', '), 'none'],
    [
      { architecture: { dense: { encoder: { deterministic: false } } } },
      ['architecture', 'encoder'],
      'Encoder',
      'deterministic, variational',
      'deterministic',
    ],
  ])('is refused where a variant without settings comes as false: %j', (wire, path, label, variants, name) => {
    const result = validateRunConfig(fromWire(root, wire))
    expect('issues' in result && result.issues).toMatchObject([
      {
        path,
        message: `${label} must be one of ${variants}, got ${name}: false; write ${name}: true to choose it, or leave it out`,
        received: `${name}: false`,
      },
    ])
  })

  it.each([
    ['training.epochs', {}, 'training.epochs'],
    ['architecture.latentDimension', { architecture: { kind: 'dense' } }, 'architecture.dense.latentDimension'],
    ['architecture.latentDimension', {}, 'architecture.dense.latentDimension'],
    ['architecture.hiddenWidths.1', { architecture: { kind: 'dense', hiddenWidths: [4, -1] } }, 'architecture.dense.hiddenWidths.1'],
    [
      'architecture.initializer.limit',
      { architecture: { kind: 'dense', initializer: { kind: 'uniform' } } },
      'architecture.dense.initializer.uniform.limit',
    ],
    ['optimizer.momentum', { optimizer: { kind: 'sgd', momentum: 1 } }, 'optimizer.sgd.momentum'],
    ['optimizer', { optimizer: { kind: 'lion' } }, 'optimizer'],
    ['optimizer.learningRate', { optimizer: { kind: 'lion' } }, 'optimizer.learningRate'],
    ['training.pace', { training: { pace: 3 } }, 'training.pace'],
    ['', 'nothing', ''],
  ])('names where a setting is in it: %s of %j', (path, config, expected) => {
    expect(toWirePath(root, config, path.split('.').filter(Boolean)).join('.')).toBe(expected)
  })
})
