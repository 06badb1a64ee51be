import { readFile, stat } from 'node:fs/promises'
import { completeRunConfig, createModel, type RunConfig } from '@hourglass/autoencoders'
import { loadDataset } from '@hourglass/datasets/node'
import { describe, expect, it } from 'vitest'
import { modelRuns } from '../scripts/modelRuns.mjs'
import { DenseChain, type ModelFile, openChain, openModels, type PackedLayer, packNumbers, unpackNumbers } from '../src/models.js'

const addressOf = (name: string) => new URL(`../models/${name}.json`, import.meta.url)
const readModels = async (name: string): Promise<ModelFile> => JSON.parse(await readFile(addressOf(name), 'utf8'))
const names = Object.keys(modelRuns) as (keyof typeof modelRuns)[]

describe('packed numbers', () => {
  it('come back as they were with 32 bits, and within half a step with 8', () => {
    const values = Float32Array.from({ length: 1000 }, (_, index) => Math.sin(index) * 3)
    expect(unpackNumbers(packNumbers(values, 32))).toEqual(values)
    const [packed, step] = [packNumbers(values, 8), 6 / 255]
    for (const [index, value] of unpackNumbers(packed).entries()) expect(Math.abs(value - (values[index] ?? 0))).toBeLessThan(0.51 * step)
    expect(unpackNumbers(packNumbers(new Float32Array(3).fill(2), 8))).toEqual(new Float32Array(3).fill(2))
  })
})

describe('a chain of layers', () => {
  const layer = { inputs: 1, outputs: 1, activation: 'linear', kernel: Float32Array.of(2), bias: Float32Array.of(1) } as const

  it('that do not fit each other is refused', () => {
    expect(() => new DenseChain([layer, { ...layer, inputs: 2, kernel: Float32Array.of(1, 1) }])).toThrow(
      'layer 1: expected 1 inputs, got 2',
    )
    expect(() => new DenseChain([{ ...layer, kernel: Float32Array.of(1, 2) }])).toThrow(
      'layer 0: expected 1 × 1 weights and 1 biases, got 2 and 1',
    )
  })

  it.each(['linear', 'relu', 'sigmoid', 'tanh'] as const)('has the derivative that differences come to: %s', (activation) => {
    const kernel = Float32Array.from({ length: 6 }, (_, index) => Math.cos(3 * index))
    const chain = new DenseChain([
      { inputs: 2, outputs: 3, activation, kernel, bias: Float32Array.of(0.1, -0.2, 0.3) },
      { inputs: 3, outputs: 2, activation: 'linear', kernel, bias: Float32Array.of(0, 0) },
    ])
    const [at, along, step] = [[0.4, -0.7], [0.6, 0.8], 1e-3]
    const shifted = (sign: number) => chain.run(at.map((value, axis) => value + sign * step * (along[axis] ?? 0)))
    const { value, change } = chain.push(at, along)
    expect(value).toEqual(chain.run(at))
    const [after, before] = [shifted(1), shifted(-1)]
    for (const [index, slope] of change.entries()) expect(slope).toBeCloseTo(((after[index] ?? 0) - (before[index] ?? 0)) / (2 * step), 2)
  })
})

describe.each(names)('the models of %s', (name) => {
  it('are those of the runs that the script trains', async () => {
    const { models } = await readModels(name)
    expect(models.map(({ label, config }) => ({ label, config }))).toEqual(
      modelRuns[name].runs.map(({ label, config }: { label: string; config: object }) => ({
        label,
        config: JSON.parse(JSON.stringify(completeRunConfig(config))),
      })),
    )
  })

  it('compute what the lab’s own networks compute', async () => {
    const file = await readModels(name)
    const { examples, labels } = openModels(file)
    const size = examples.length / labels.length
    for (const { config, encoder, decoder } of file.models) {
      const chain = openChain(decoder)
      const codeUnits = decoder[0]?.inputs ?? 0
      const parameters = Object.fromEntries([
        ...named('encoder', encoder ?? blank(config as unknown as RunConfig, size)),
        ...named('decoder', decoder),
      ])
      const model = await createModel({ config: untied(config as unknown as RunConfig).architecture, exampleShape: [size], parameters })
      const code = Float32Array.from({ length: codeUnits }, (_, unit) => Math.sin(unit + 1))
      expect(distance(chain.run(code), model.decode(code, 1))).toBeLessThan(1e-5)
      if (!encoder) continue
      const example = examples.slice(0, size)
      expect(distance(openChain(encoder).run(example), model.encode(example, 1))).toBeLessThan(1e-4)
    }
  })

  it('have on test examples the error that their file says, rounded as they are', async () => {
    const { models, examples } = await readModels(name)
    for (const { error } of models) expect(error.shipped).toBeLessThan(1.02 * error.trained)
    if (models.some(({ encoder }) => encoder === null)) return
    const [first] = models
    const { data } = (first?.config ?? {}) as unknown as RunConfig
    const { test } = await loadDataset(data.dataset, data)
    const size = test.values.length / test.count
    const scale = test.values instanceof Uint8Array ? 255 : 1
    for (const { encoder, decoder, error } of models) {
      const [inward, outward] = [openChain(encoder ?? []), openChain(decoder)]
      let sum = 0
      const rows = Math.min(test.count, 2_000)
      for (let row = 0; row < rows; row++) {
        const example = Float32Array.from(test.values.subarray(row * size, (row + 1) * size), (value) => value / scale)
        sum += distance(outward.run(inward.run(example)), example) ** 2 / size
      }
      expect(sum / rows).toBeCloseTo(error.shipped, 6)
    }
    expect(examples.labels.length).toBeGreaterThan(0)
  })
})

it('all of them have less than 1.5 MB', async () => {
  const sizes = await Promise.all(names.map(async (name) => (await stat(addressOf(name))).size))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000)
})

it('less of the digits is left the narrower the code is', async () => {
  const errors = (await readModels('code-sizes')).models.map(({ error }) => error.shipped)
  expect(errors).toEqual(errors.toSorted((one, other) => one - other))
  expect((errors.at(-1) ?? 0) / (errors[0] ?? 1)).toBeGreaterThan(20)
})

it('the stronger the contraction, the less is left of a step across the circle, and most of one along it', async () => {
  const { models, examples } = openModels(await readModels('contraction'))
  const left = models.map(({ encoder, decoder }) => {
    const sums = { along: 0, across: 0 }
    for (let row = 0; row < 40; row++) {
      const [x = 0, y = 0] = examples.subarray(2 * row, 2 * row + 2)
      const radius = Math.hypot(x, y)
      const across = [x / radius, y / radius]
      const along = [-(y / radius), x / radius]
      const shareOf = (direction: readonly number[]) => {
        const code = encoder?.push([x, y], direction)
        return code ? Math.hypot(...decoder.push(code.value, code.change).change) : Number.NaN
      }
      sums.along += shareOf(along) / 40
      sums.across += shareOf(across) / 40
    }
    return sums
  })
  expect(left[0]?.across).toBeGreaterThan(0.8)
  expect(left.at(-1)?.across).toBeLessThan(0.45)
  for (const { along } of left) expect(along).toBeGreaterThan(0.75)
})

function* named(half: string, layers: readonly PackedLayer[]) {
  for (const [index, { inputs, outputs, kernel, bias }] of layers.entries()) {
    yield [`${half}/${index}/kernel`, { shape: [inputs, outputs], values: unpackNumbers(kernel) }] as const
    yield [`${half}/${index}/bias`, { shape: [outputs], values: unpackNumbers(bias) }] as const
  }
}

/** Layers of an encoder that is not shipped. */
function blank({ architecture }: RunConfig, size: number): readonly PackedLayer[] {
  const { latentDimension } = architecture as { latentDimension: number }
  const kernel = packNumbers(new Float32Array(size * latentDimension), 32)
  return [
    { inputs: size, outputs: latentDimension, activation: 'linear', kernel, bias: packNumbers(new Float32Array(latentDimension), 32) },
  ]
}

/** A tied decoder is shipped with its kernels written out. */
const untied = (config: RunConfig): RunConfig =>
  ({ ...config, architecture: { ...config.architecture, decoderWeights: 'own' } }) as RunConfig

function distance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Math.sqrt(Array.from(one, (value, index) => (value - (other[index] ?? 0)) ** 2).reduce((sum, square) => sum + square, 0))
}
