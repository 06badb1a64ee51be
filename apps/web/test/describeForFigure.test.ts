import { completeRunConfig, type RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { describeForFigure } from '../src/entities/run/describeForFigure'

const dataset = { title: 'MNIST', exampleShape: [28, 28] }
const caption = (config: RunConfigInput) => describeForFigure({ config: completeRunConfig(config), dataset })

describe('the caption of a figure', () => {
  it('says what is trained, on what and for how long', () => {
    expect(caption({})).toBe(
      'MNIST · Dense 784-32-784 · mean squared error · Adam 0.001 · 20 epochs of 55,000 examples · batch 128 · 5,000 held out for validation · seed 1',
    )
    expect(caption({ data: { validationCount: 0 } })).toContain(
      ' · 20 epochs of 60,000 examples · batch 128 · none held out for validation · ',
    )
  })

  it.each<[string, RunConfigInput, string]>([
    ['corruption', { corruption: { kind: 'uniform' } }, 'corruption: Uniform, amplitude 0.5'],
    ['the penalty', { regularizer: { kind: 'contractive', weight: 10 } }, 'regularizer: Contractive, weight 10'],
    [
      'a variational encoder',
      { architecture: { kind: 'dense', encoder: { kind: 'variational', beta: 4 } } },
      'encoder: Variational, beta 4',
    ],
    ['pretraining', { training: { pretraining: { kind: 'stacked', epochs: 5 } } }, 'pretraining: Stacked, epochs a layer 5'],
    [
      'initial weights and activations',
      { architecture: { kind: 'dense', outputActivation: 'linear', initializer: { kind: 'uniform', limit: 0.01 } } },
      'output activation linear · initial weights: Uniform, limit 0.01',
    ],
    ['labels', { evaluation: { labels: 1000 } }, 'labels for fine-tuning 1000'],
  ])('tells %s where it is not the usual one', (_name, config, words) => {
    expect(caption(config)).toContain(` · ${words} · `)
  })

  it('tells the weights of the chapter’s regularizers even where they are the usual ones', () => {
    expect(caption({ architecture: { kind: 'dense', codeActivation: 'sigmoid' }, regularizer: { kind: 'klSparsity' } })).toContain(
      'Sparse (KL), weight 1, target activation 0.05',
    )
  })

  it('speaks of no batches where an optimizer has none', () => {
    expect(caption({ optimizer: { kind: 'lbfgs', iterationsPerEpoch: 50 }, data: { trainCount: 10 } })).toContain(
      '20 epochs of 50 iterations on 10 examples · 10 held out for validation · seed 1',
    )
    const solved = caption({
      architecture: { kind: 'dense', outputActivation: 'linear' },
      optimizer: { kind: 'closedForm' },
      training: { epochs: 1 },
    })
    expect(solved).toContain('solved for 55,000 examples · 5,000 held out for validation · seed 1')
    expect(solved).not.toContain('batch')
  })
})
