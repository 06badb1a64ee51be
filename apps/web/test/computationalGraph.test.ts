import { completeRunConfig, type RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { computationalGraph, graphRows } from '../src/entities/config/computationalGraph'

const graphOf = (config: RunConfigInput, exampleShape = [28, 28]) => computationalGraph({ config: completeRunConfig(config), exampleShape })
const wayOf = (config: RunConfigInput) =>
  graphOf(config)
    .nodes.filter(({ row }) => row === 0)
    .map(({ symbol }) => symbol)
const computedFrom = (config: RunConfigInput) => Object.fromEntries(graphRows(graphOf(config)).map(([symbol, , , from]) => [symbol, from]))

describe('the computational graph', () => {
  it('goes from the example over code and reconstruction to the loss, which looks at both', () => {
    expect(wayOf({})).toEqual(['x', 'f', 'z', 'g', 'r', 'L'])
    expect(computedFrom({})).toEqual({ x: '', f: 'x', z: 'f', g: 'z', r: 'g', L: 'r, x' })
    expect(graphOf({}).description).toBe(
      'The encoder f makes the code z of 32 units of x; the decoder g makes the reconstruction r of z; the loss L (mean squared error) compares r with x.',
    )
  })

  it('of a denoising autoencoder begins with the corruption, and compares with the clean example', () => {
    const config = { corruption: { kind: 'gaussian', standardDeviation: 0.3 } } as const
    expect(wayOf(config)).toEqual(['x', 'C', 'x̃', 'f', 'z', 'g', 'r', 'L'])
    expect(computedFrom(config)).toMatchObject({ C: 'x', x̃: 'C', f: 'x̃', L: 'r, x' })
    expect(graphOf(config).description).toMatch(/^C spoils the example x \(Gaussian, σ = 0.3\), which gives x̃; the encoder f/)
  })

  it('of a variational one draws the code from a mean and a deviation, and adds their divergence from the prior', () => {
    const config = { architecture: { kind: 'dense', encoder: { kind: 'variational', beta: 4 } }, loss: 'binaryCrossEntropy' } as const
    expect(computedFrom(config)).toEqual({
      x: '',
      f: 'x',
      μ: 'f',
      σ: 'f',
      'μ + σε': 'μ, σ',
      z: 'μ + σε',
      g: 'z',
      r: 'g',
      L: 'r, x, KL',
      KL: 'μ, σ',
    })
    expect(graphOf(config).description).toMatch(/KL \(β = 4, to N\(0, I\)\) is added to it\.$/)
  })

  it.each([
    ['l1', 'Σ|z|', 'z'],
    ['klSparsity', 'KL(ρ‖z̄)', 'z'],
    ['contractive', '‖∂f/∂x‖²', 'f'],
  ] as const)('adds the penalty %s to the loss, of what it is a function of', (kind, symbol, of) => {
    const from = computedFrom({ architecture: { kind: 'dense', codeActivation: 'sigmoid' }, regularizer: { kind } })
    expect([from[symbol], from.L]).toEqual([of, `r, x, ${symbol}`])
  })

  it('says what is in its boxes: layers, activations, tied weights', () => {
    const { nodes } = graphOf({ architecture: { kind: 'dense', latentDimension: 8, hiddenWidths: [256, 64], decoderWeights: 'tied' } })
    const detailsOf = (wanted: string) => nodes.find(({ id }) => id === wanted)?.details
    expect(detailsOf('encode')).toEqual(['dense', '256-64, ReLU', 'linear'])
    expect(detailsOf('decode')).toEqual(['dense', '64-256, ReLU', 'sigmoid', 'tied weights'])
    expect(detailsOf('z')).toEqual(['8 units'])
    expect(detailsOf('x')).toEqual(['784 values'])
  })
})
