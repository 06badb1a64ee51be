import { describe, expect, it } from 'vitest'
import { optimizerRows } from '../../src/config/optimizerSchema.js'
import { describeSchema, runConfigSchema, unusedSettings, validateRunConfig, withoutUnused } from '../../src/index.js'

const linear = { kind: 'dense', codeActivation: 'linear', outputActivation: 'linear' }

describe('settings that an optimizer has no use for', () => {
  it('take what it needs, whatever they were', () => {
    const architecture = { ...linear, initializer: { kind: 'heNormal' } }
    const training = { epochs: 20, batchSize: 'many', pretraining: { kind: 'stacked' }, seed: 3 }
    const result = validateRunConfig(withoutUnused({ optimizer: { kind: 'closedForm' }, architecture, training }))
    expect(result).toMatchObject({
      config: {
        architecture: { initializer: { kind: 'glorotUniform' } },
        training: { epochs: 1, batchSize: 128, pretraining: { kind: 'none' }, seed: 3 },
      },
    })
  })

  it('have the one value that it takes for their default', () => {
    for (const training of [undefined, {}, { seed: 3 }, { epochs: 1 }]) {
      const config = { optimizer: { kind: 'closedForm' }, architecture: linear, training }
      expect(validateRunConfig(config)).toMatchObject({ config: { training: { epochs: 1, seed: training?.seed ?? 1 } } })
    }
    expect(validateRunConfig({ optimizer: { kind: 'adam' } })).toMatchObject({ config: { training: { epochs: 20 } } })
    expect(validateRunConfig({ optimizer: { kind: 'closedForm' }, architecture: linear, training: 5 })).toMatchObject({
      issues: [{ path: ['training'] }],
    })
  })

  it('stay as they are for optimizers that use them, and are no excuse for what is wrong in itself', () => {
    for (const config of [{ training: { epochs: 3, batchSize: 16 } }, { optimizer: { kind: 'lion' } }, undefined, 'nothing']) {
      expect(withoutUnused(config)).toEqual(config)
    }
    expect(validateRunConfig(withoutUnused({ optimizer: { kind: 'lbfgs' }, training: 5 }))).toHaveProperty('issues.0.path', ['training'])
  })

  it('are settings that there are', () => {
    const root = describeSchema(runConfigSchema)
    const section = (name: string) => (root.type === 'object' ? root.fields[name] : undefined)
    for (const { path } of Object.keys(optimizerRows).flatMap(unusedSettings)) {
      const [name = '', setting = ''] = path.split('.')
      const described = section(name)
      const objects = described?.type === 'choice' ? Object.values(described.variants) : described?.type === 'object' ? [described] : []
      expect(objects.every(({ fields }) => setting in fields) && objects.length > 0, path).toBe(true)
    }
  })
})
