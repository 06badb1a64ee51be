import { type Dataset, makeToyManifold } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { createAnalysisContext } from '../../src/analysis/AnalysisContext.js'
import { exampleErrors } from '../../src/analysis/parts/exampleErrors.js'
import { rankByError } from '../../src/analysis/rankByError.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters } from '../../src/index.js'
import { computePcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'

async function measure(dataset: Dataset) {
  const config = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2 }, data: { dataset: dataset.id } })
  const { principalComponents } = await computePcaBaseline({ dataset })
  const context = await createAnalysisContext({
    config,
    dataset,
    parameters: initializeParameters(config.architecture, { exampleShape: dataset.exampleShape, seed: 1 }),
    engine: await createEngine('onnx', { threads: 1 }),
    principalComponents,
  })
  try {
    const result = await exampleErrors.measure(context)
    if (!result?.value || !result.figures) throw new Error('expected errors')
    const errors = result.figures['exampleErrors/errors']?.values
    if (!errors) throw new Error('expected a file of errors')
    const count = context.test.labels.length
    const { features } = context.test
    const size = features.length / count
    const expected = Array.from({ length: count }, (_, place) => {
      let sum = 0
      for (let index = place * size; index < (place + 1) * size; index++) {
        const made = context.testReconstructions[index] ?? 0
        const shown = context.sides ? Math.min(1, Math.max(0, made)) : made
        sum += ((features[index] ?? 0) - shown) ** 2
      }
      return sum / size
    })
    return { value: result.value, figures: result.figures, errors, expected, context, size }
  } finally {
    await context.dispose()
  }
}

describe('errors of single examples', () => {
  it('are those of every test image, with its class, and the images at both ends of their ranking are kept', async () => {
    const { value, figures, errors, expected, context, size } = await measure(await loadSmallDigits(200, 120))
    const { labels, features } = context.test
    for (const [place, error] of expected.entries()) {
      expect(errors[2 * place]).toBeCloseTo(error, 6)
      expect(errors[2 * place + 1]).toBe(labels[place])
    }
    const ranking = [...rankByError(errors.filter((_, index) => index % 2 === 0))]
    expect(ranking.map((place) => expected[place] ?? 0)).toEqual(expected.toSorted((a, b) => a - b))
    const firstOf = (name: string) => figures[`exampleErrors/${name}`]?.values.slice(0, size)
    const imageAt = (values: Float32Array, place = 0) => values.slice(place * size, (place + 1) * size)
    expect(firstOf('best')).toEqual(imageAt(features, ranking[0]))
    expect(firstOf('worst')).toEqual(imageAt(features, ranking.at(-1)))
    expect(firstOf('worstReconstructions')).toEqual(imageAt(context.testReconstructions, ranking.at(-1)))
    expect(value).toMatchObject({ examples: 120, shown: 40 })
    expect(value.classes.reduce((sum, { examples }) => sum + examples, 0)).toBe(120)
    for (const { label, examples, mean, least, median, greatest } of value.classes) {
      const own = expected.filter((_, place) => labels[place] === label).sort((a, b) => a - b)
      expect(own).toHaveLength(examples)
      expect(mean).toBeCloseTo(own.reduce((sum, error) => sum + error, 0) / examples, 6)
      expect(least).toBeCloseTo(own[0] ?? Number.NaN, 6)
      expect(greatest).toBeCloseTo(own.at(-1) ?? Number.NaN, 6)
      const middle = (own[Math.floor((examples - 1) / 2)] ?? 0) / 2 + (own[Math.ceil((examples - 1) / 2)] ?? 0) / 2
      expect(median).toBeCloseTo(middle, 6)
    }
  })

  it('of points are not clipped, and of them no images are kept', async () => {
    const { value, figures, errors, expected } = await measure({
      id: 'circle',
      exampleShape: [2],
      train: makeToyManifold('circle', { count: 60, seed: 1 }),
      validation: null,
      test: makeToyManifold('circle', { count: 30, seed: 2 }),
    })
    for (const [place, error] of expected.entries()) expect(errors[2 * place]).toBeCloseTo(error, 6)
    expect(value.shown).toBe(0)
    expect(Object.keys(figures)).toEqual(['exampleErrors/errors'])
  })

  it('are ranked with the earlier of equal ones first, and what is no number last', () => {
    const errors = Float32Array.of(2, Number.NaN, 1, 2, Number.POSITIVE_INFINITY, 0.5)
    expect([...rankByError(errors)]).toEqual([5, 2, 0, 3, 1, 4])
  })
})
