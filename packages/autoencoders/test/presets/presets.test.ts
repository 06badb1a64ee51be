import { describe, expect, it } from 'vitest'
import { chapterSections, completeRunConfig, latentDimensionOf, presets, type RunConfig, validateRunConfig } from '../../src/index.js'

const rows = presets.map((preset) => [preset.id, preset] as const)

describe('presets', () => {
  it('begin with the demo and have an id each', () => {
    expect(presets[0]?.id).toBe('demo')
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length)
  })

  it('stand in the order of the chapter', () => {
    const places = presets.map(({ section }) => chapterSections.indexOf(section))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it.each(rows)('%s is told in one sentence, and asks one or two questions', (_id, preset) => {
    expect(sentences(preset.description)).toBe(1)
    expect([1, 2]).toContain(sentences(preset.lookFor))
    expect(preset.lookFor.split(/(?<=[.?])\s/).every((sentence) => sentence.endsWith('?'))).toBe(true)
  })

  it.each(rows)('%s has valid configurations, each under its own label', (_id, { runs, quickRuns }) => {
    for (const { config } of [...runs, ...quickRuns]) expect(validateRunConfig(config)).toHaveProperty('config')
    expect(new Set(runs.map(({ label }) => label)).size).toBe(runs.length)
    expect(new Set(runs.map(({ config }) => JSON.stringify(completeRunConfig(config)))).size).toBe(runs.length)
  })

  it.each(rows)(
    '%s has a quick version of its runs that does less and changes nothing else but the batch size',
    (_id, { runs, quickRuns }) => {
      const known = new Map(runs.map(({ label, config }) => [label, completeRunConfig(config)]))
      for (const { label, config } of quickRuns) {
        const quick = completeRunConfig(config)
        const full = known.get(label)
        expect(full, label).toBeDefined()
        if (!full) continue
        expect(work(quick)).toBeLessThan(work(full) / 2)
        expect(withoutLengths(quick)).toEqual(withoutLengths(full))
      }
    },
  )

  it.each(['two-moons', 'tangents', 'features', 'clustering', 'vector-field'])('%s does not hang on one seed', (wanted) => {
    const preset = presets.find(({ id }) => id === wanted)
    for (const runs of [preset?.runs ?? [], preset?.quickRuns ?? []]) {
      expect(new Set(runs.map(({ config }) => completeRunConfig(config).training.seed)).size).toBeGreaterThan(1)
    }
  })

  it('call models by their words, not by abbreviations', () => {
    for (const { label } of presets.flatMap(({ runs, quickRuns }) => [...runs, ...quickRuns])) expect(label).not.toMatch(/\b[A-Z]*AE\b/)
  })

  it('sweep the chapter’s nine code sizes with its own settings', () => {
    const sweep = presets.find(({ id }) => id === 'undercomplete-sweep')?.runs.map(({ config }) => completeRunConfig(config)) ?? []
    const sizes = sweep.map(({ architecture }) => latentDimensionOf(architecture, [28, 28]))
    expect(sizes).toEqual([784, 256, 64, 32, 16, 8, 4, 2, 1])
    for (const { architecture, loss, optimizer, training, data } of sweep) {
      expect(architecture).toMatchObject({ hiddenWidths: [], outputActivation: 'sigmoid', initializer: { kind: 'uniform', limit: 0.01 } })
      expect({ loss, optimizer: optimizer.kind, data }).toEqual({
        loss: 'meanSquaredError',
        optimizer: 'adam',
        data: { dataset: 'mnist', trainCount: null, validationCount: null, testCount: null, selection: 'random' },
      })
      expect(training).toMatchObject({ epochs: 50, batchSize: 32 })
    }
  })
})

/** Examples that a run is trained on in all. */
function work({ data, training }: ReturnType<typeof completeRunConfig>): number {
  return (data.trainCount ?? 60_000) * training.epochs
}

/** A configuration apart from how long, on how much and in which batches it trains. */
function withoutLengths({ data, training, evaluation, ...rest }: RunConfig) {
  const { epochs: _epochs, batchSize: _batchSize, pretraining, ...settings } = training
  return { ...rest, ...settings, dataset: data.dataset, pretraining: pretraining.kind, labels: evaluation.labels }
}

function sentences(text: string): number {
  return text.split(/(?<=[.?])(?:\s+|$)(?=[A-Z]|$)/).filter(Boolean).length
}
