import { describe, expect, it } from 'vitest'
import { completeRunConfig, initializeParameters, type RunConfigInput } from '../../src/index.js'
import { copying, layerFilters } from '../../src/latent.js'

function filtersOf(architecture: RunConfigInput['architecture'], exampleShape: readonly number[], wanted = 100) {
  const { architecture: config } = completeRunConfig({ architecture })
  const parameters = initializeParameters(config, { exampleShape, seed: 3 })
  return { parameters, found: layerFilters({ architecture: config, exampleShape, parameters, wanted }) }
}

describe('layerFilters', () => {
  it('are the columns of a dense encoder’s first layer and the rows of its decoder’s last, the largest first', () => {
    const { parameters, found } = filtersOf({ kind: 'dense', latentDimension: 2, hiddenWidths: [5] }, [2, 3], 4)
    expect(found.map(({ of, total, sides, filters }) => [of, total, sides, filters.length])).toEqual([
      ['encoder', 5, [2, 3], 4],
      ['decoder', 5, [2, 3], 4],
    ])
    const kernels = { encoder: parameters['encoder/0/kernel']?.values ?? [], decoder: parameters['decoder/1/kernel']?.values ?? [] }
    for (const { of, filters } of found) {
      const sizes = filters.map(({ weights }) => weights.reduce((sum, weight) => sum + weight ** 2, 0))
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
      for (const { unit, weights } of filters) {
        const expected = Array.from({ length: 6 }, (_, pixel) =>
          of === 'encoder' ? kernels.encoder[pixel * 5 + unit] : kernels.decoder[unit * 6 + pixel],
        )
        expect([...weights]).toEqual(expected)
      }
    }
  })

  it('of a decoder with the encoder’s weights are those of the encoder alone', () => {
    const { found } = filtersOf({ kind: 'dense', latentDimension: 2, decoderWeights: 'tied' }, [2, 3])
    expect(found.map(({ of }) => of)).toEqual(['encoder'])
  })

  it.each(['transposedConvolution', 'nearestNeighbor'] as const)('are the kernels of convolutions, with %s too', (upsampling) => {
    const { parameters, found } = filtersOf({ kind: 'convolutional', filters: [3, 4], kernelSize: 3, upsampling }, [8, 8, 1])
    expect(found.map(({ of, total, sides }) => [of, total, sides])).toEqual([
      ['encoder', 3, [3, 3]],
      ['decoder', 3, [3, 3]],
    ])
    const [encoder, decoder] = found
    const last =
      Object.keys(parameters)
        .filter((name) => /^decoder.*kernel$/.test(name))
        .at(-1) ?? ''
    // With one channel in the image, input channels of the last kernel are its filters, wherever they stand in its shape.
    const kernels = [
      { kernel: parameters['encoder/0/kernel'], filters: encoder?.filters },
      { kernel: parameters[last], filters: decoder?.filters },
    ]
    for (const { kernel, filters } of kernels) {
      expect(kernel?.shape.toSorted()).toEqual([1, 3, 3, 3])
      for (const { unit, weights } of filters ?? []) {
        expect([...weights]).toEqual(Array.from({ length: 9 }, (_, place) => kernel?.values[place * 3 + unit]))
      }
    }
  })
})

describe('copying', () => {
  const model = (product: readonly (readonly number[])[], offset: number) => ({
    encode: async (examples: Float32Array) => examples,
    decode: async (codes: Float32Array, count: number) =>
      Float32Array.from({ length: count * 3 }, (_, index) => {
        const row = Math.floor(index / 3)
        return offset + [0, 1, 2].reduce((sum, from) => sum + (codes[row * 3 + from] ?? 0) * (product[from]?.[index % 3] ?? 0), 0)
      }),
  })

  it('are the weights of encoder times decoder at some places, whatever is added to them', async () => {
    const product = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]
    const found = await copying(model(product, 0.5), { size: 3, places: [0, 2] })
    expect([...found.weights]).toEqual([1, 3, 7, 9])
    expect(found.distance).toBeCloseTo(Math.sqrt((0 + 9 + 49 + 64) / 2), 6)
  })

  it('are the identity, at a distance of 0, where everything is copied', async () => {
    const identity = [0, 1, 2].map((row) => [0, 1, 2].map((column) => (row === column ? 1 : 0)))
    const { weights, distance } = await copying(model(identity, 0), { size: 3, places: [0, 1, 2] })
    expect([...weights]).toEqual(identity.flat())
    expect(distance).toBe(0)
  })
})
