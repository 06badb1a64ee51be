import { describe, expect, it } from 'vitest'
import { completeRunConfig, divergenceRemedies, presets, type RunConfigInput, startIssues, validateRunConfig } from '../../src/index.js'

const remediesOf = (input: RunConfigInput, epoch = 3) => divergenceRemedies({ config: completeRunConfig(input), epoch })
const idsOf = (input: RunConfigInput, epoch = 3) => remediesOf(input, epoch).map(({ id }) => id)

describe('what can keep a diverged run from diverging again', () => {
  it('is worked out of its configuration, the most likely first', () => {
    expect(idsOf({})).toEqual(['learningRate'])
    expect(idsOf({ optimizer: { kind: 'sgd', learningRate: 1, momentum: 0.9 } })).toEqual(['learningRate', 'momentum', 'adam'])
    expect(idsOf({ optimizer: { kind: 'lbfgs' } })).toEqual(['adam'])
    expect(idsOf({ regularizer: { kind: 'contractive', weight: 10 }, training: { batchSize: 4 } })).toEqual([
      'learningRate',
      'penalty',
      'batchSize',
    ])
    const architecture = { kind: 'dense', initializer: { kind: 'normal', standardDeviation: 5 } } as const
    expect(idsOf({ architecture }, 0)).toEqual(['learningRate', 'initialWeights'])
    expect(idsOf({ architecture })).toEqual(['learningRate'])
  })

  it('says what changes, and trains the epochs that are left', () => {
    const [first] = remediesOf({ optimizer: { kind: 'rmsprop', learningRate: 0.03 }, training: { epochs: 10 } }, 4)
    expect(first).toMatchObject({
      title: 'Learning rate 0.003 instead of 0.03',
      config: { optimizer: { kind: 'rmsprop', learningRate: 0.003 }, training: { epochs: 6, pretraining: { kind: 'none' } } },
    })
    expect(remediesOf({ training: { epochs: 4 } }, 4)[0]?.config.training.epochs).toBe(1)
    const pretrained = { training: { epochs: 5, pretraining: { kind: 'stacked' } } } as const
    expect(remediesOf(pretrained, 0)[0]?.config.training).toMatchObject({ epochs: 5, pretraining: { kind: 'stacked' } })
  })

  it('is a configuration that can be launched from the run, for every run of the chapter that is trained step by step', () => {
    for (const { id, runs } of presets) {
      for (const { config: input } of runs) {
        const config = completeRunConfig(input)
        for (const epoch of [0, 1]) {
          const found = divergenceRemedies({ config, epoch })
          if (config.optimizer.kind !== 'closedForm') expect(found, id).not.toEqual([])
          for (const remedy of found) {
            expect(validateRunConfig(remedy.config), `${id} ${remedy.id}`).toEqual({ config: remedy.config })
            if (epoch > 0) expect(startIssues(remedy.config, config), `${id} ${remedy.id}`).toEqual([])
          }
        }
      }
    }
  })
})

describe('starting from the model of another run', () => {
  const parent = completeRunConfig({})

  it('takes another loss, optimizer or activation, but the same parameters, no pretraining and no closed form', () => {
    const other: RunConfigInput = {
      optimizer: { kind: 'sgd' },
      architecture: { kind: 'dense', hiddenActivation: 'tanh' },
      corruption: { kind: 'gaussian' },
    }
    expect(startIssues(completeRunConfig(other), parent)).toEqual([])
    const issuesOf = (input: RunConfigInput) => startIssues(completeRunConfig(input), parent).map(({ path }) => path.join('.'))
    expect(issuesOf({ architecture: { kind: 'dense', latentDimension: 3 } })).toEqual(['architecture'])
    expect(issuesOf({ data: { dataset: 'two-moons' }, architecture: { kind: 'dense', latentDimension: 1 } })).toEqual(['architecture'])
    expect(issuesOf({ training: { pretraining: { kind: 'stacked' } } })).toEqual(['training.pretraining'])
  })
})
