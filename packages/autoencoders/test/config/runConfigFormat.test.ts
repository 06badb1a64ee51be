import { readStored, versionOf } from '@hourglass/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { storedShape } from '../../src/config/storedShape.js'
import { completeRunConfig, describeSchema, runConfigFormat, runConfigSchema, validateRunConfig } from '../../src/index.js'
import { arbitraryValue } from './arbitraryConfig.js'

const version = versionOf(runConfigFormat)
const read = (value: unknown) => readStored(runConfigFormat, { version, value })
const complete = completeRunConfig({})

describe('a stored configuration', () => {
  it('is read as it was written', () => {
    expect(version).toBe(2)
    fc.assert(
      fc.property(arbitraryValue(describeSchema(runConfigSchema)), (config) => {
        expect(read(config)).toEqual({ value: config })
      }),
    )
  })

  it.each([
    ['beyond today’s bounds', { ...complete, training: { ...complete.training, epochs: 2_000_000 } }],
    ['with more layers than today’s', { ...complete, architecture: { ...complete.architecture, hiddenWidths: Array(20).fill(100_000) } }],
    [
      'with an empty list',
      { ...complete, architecture: { ...completeRunConfig({ architecture: { kind: 'convolutional' } }).architecture, filters: [] } },
    ],
    ['against a relation of today', { ...complete, loss: 'binaryCrossEntropy', data: { ...complete.data, dataset: 'circle' } }],
    ['with more examples than the data set has', { ...complete, data: { ...complete.data, trainCount: 1_000_000 } }],
  ])('%s is refused when it is new, and read when it is old', (_, config) => {
    expect(validateRunConfig(config)).toHaveProperty('issues')
    expect(read(config)).toEqual({ value: config })
  })

  it('has the default of a setting that it lacks, in a section or whole', () => {
    const { evaluation, ...withoutSection } = complete
    expect(read(withoutSection)).toEqual({ value: complete })
    const { pretraining, ...training } = complete.training
    expect(read({ ...complete, training })).toEqual({ value: complete })
  })

  it('is read without settings that are not known, at any depth', () => {
    const config = { ...complete, schedule: { kind: 'cosine' }, optimizer: { ...complete.optimizer, decay: 0.1 } }
    expect(read(config)).toEqual({ value: complete })
  })

  it.each([
    ['data.dataset', { ...complete, data: { ...complete.data, dataset: 'cifar-10' } }, /expected one of mnist, .*, got "cifar-10"/],
    ['training.engine', { ...complete, training: { ...complete.training, engine: 'webgpu' } }, /expected one of onnx, .*, got "webgpu"/],
    ['optimizer.kind', { ...complete, optimizer: { kind: 'lion' } }, /expected one of adam, .*, got "lion"/],
    ['optimizer', { ...complete, optimizer: 'adam' }, /adam/],
    ['training.epochs', { ...complete, training: { ...complete.training, epochs: 1.5 } }, /int/],
    ['training.epochs', { ...complete, training: { ...complete.training, epochs: '20' } }, /expected number, received string/],
    ['as a whole', null, /expected object, received null/],
  ])('names the setting that this version cannot read: %s', (place, config, message) => {
    const result = read(config)
    const problem = 'problem' in result ? result.problem : ''
    expect(problem).toContain(`configuration of version 2 cannot be read (${place})`)
    expect(problem).toMatch(message)
  })
})

describe('a configuration of the first version', () => {
  const upgrade = (value: unknown) => readStored(runConfigFormat, { version: 1, value })
  const { validationCount: _, selection: __, ...data } = complete.data

  it('held no examples out, and took the first where it took fewer than all', () => {
    const inOrder = { ...complete, data: { ...data, trainCount: 500, validationCount: 0, selection: 'first' } }
    expect(upgrade({ ...complete, data: { ...data, trainCount: 500 } })).toEqual({ value: inOrder })
    const { data: ___, ...withoutData } = complete
    expect(upgrade(withoutData)).toEqual({ value: { ...complete, data: { ...complete.data, validationCount: 0, selection: 'first' } } })
  })

  it('that is none is refused as one of today is', () => {
    expect(upgrade({ ...complete, data: 5 })).toHaveProperty('problem', expect.stringContaining('(data)'))
    expect(upgrade(null)).toHaveProperty('problem', expect.stringContaining('(as a whole)'))
  })
})

describe('the shape of what is stored', () => {
  it('names the place in a schema that it has no rule for', () => {
    expect(() => storedShape(z.object({ a: z.array(z.map(z.string(), z.number())) }))).toThrow(
      'value.a[]: expected an object, discriminated union, enum, array, number or literal, got map',
    )
  })
})
