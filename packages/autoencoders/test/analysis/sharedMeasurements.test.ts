import { deserialize, serialize } from 'node:v8'
import type { Dataset } from '@hourglass/datasets'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AnalyzeRunOptions } from '../../src/analysis/AnalyzeRunOptions.js'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import type { SharedMeasurements } from '../../src/analysis/SharedMeasurements.js'
import type { JpegMeasurements } from '../../src/compression/jpegCurve.js'
import type { RateDistortionPoint } from '../../src/compression/RateDistortionPoint.js'
import { computePcaBaseline, type PcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'
import { glance, optionsFor } from './analysisOptions.js'

/** Keeps measurements as files would, and tells which were taken. */
class Kept implements SharedMeasurements {
  readonly #kept = new Map<string, Buffer>()
  readonly made: string[] = []

  /** What was measured under a name, the latest of it. */
  of(name: string): unknown {
    const key = [...this.#kept.keys()].findLast((each) => (JSON.parse(each) as [number, string])[1] === name) ?? ''
    const kept = this.#kept.get(key)
    return kept && deserialize(kept)
  }

  get version(): number {
    return (JSON.parse([...this.#kept.keys()][0] ?? '[]') as [number])[0]
  }

  async take<Value>(key: string, measure: () => Promise<Value>): Promise<Value> {
    const kept = this.#kept.get(key) ?? serialize(await measure())
    if (!this.#kept.has(key)) this.made.push((JSON.parse(key) as [number, string])[1])
    this.#kept.set(key, kept)
    return deserialize(kept) as Value
  }
}

const uniform = { kind: 'uniform', amplitude: 0.5 } as const
const names = ['pca', 'mean', 'values', 'jpeg', 'rates of pca', 'clusters of pca', 'clusters of values']
const ofCorrupted = ['corrupted', 'pca of corrupted']

let digits: Dataset
let baseline: PcaBaseline
beforeAll(async () => {
  digits = await loadSmallDigits(200, 60)
  baseline = await computePcaBaseline({ dataset: digits })
})

async function analyze(options: AnalyzeRunOptions) {
  const { analysis, figures } = await analyzeRun({ ...options, limits: glance })
  return { ...analysis, seconds: 0, figures }
}

describe('what runs of the same examples share', () => {
  it('is measured once, and is to the last bit what each would have measured', async () => {
    const kept = new Kept()
    const first = await optionsFor(digits, baseline, { corruption: uniform })
    const anew = await analyze(first)
    expect(await analyze({ ...first, shared: kept })).toEqual(anew)
    expect(kept.made.sort()).toEqual([...names, ...ofCorrupted].sort())
    const made = kept.made.length
    expect(await analyze({ ...first, shared: kept })).toEqual(anew)
    expect(kept.made).toHaveLength(made)
  })

  it('is not shared with a run for which it would be another: of other noise, code size, seed or number of examples', async () => {
    const kept = new Kept()
    const first = await optionsFor(digits, baseline, { corruption: uniform })
    await analyze({ ...first, shared: kept })
    const variations: readonly (readonly [AnalyzeRunOptions, readonly string[]])[] = [
      [await optionsFor(digits, baseline, { corruption: { ...uniform, amplitude: 0.2 } }), ofCorrupted],
      [
        await optionsFor(digits, baseline, { corruption: uniform, architecture: { kind: 'dense', latentDimension: 3 } }),
        ['pca', 'rates of pca', 'clusters of pca', 'pca of corrupted'],
      ],
      [
        { ...first, config: { ...first.config, training: { ...first.config.training, seed: 4 } } },
        ['clusters of pca', 'clusters of values'],
      ],
      [{ ...first, config: { ...first.config, data: { ...first.config.data, testCount: 50 } } }, [...names, ...ofCorrupted]],
      [{ ...first, config: { ...first.config, data: { ...first.config.data, trainCount: 150 } } }, [...names, ...ofCorrupted]],
    ]
    for (const [options, measured] of variations) {
      const made = kept.made.length
      expect(await analyze({ ...options, shared: kept })).toEqual(await analyze(options))
      expect(kept.made.slice(made).sort()).toEqual([...measured].sort())
    }
  })

  it('is measured anew where its number of examples is limited otherwise', async () => {
    const kept = new Kept()
    const options = { ...(await optionsFor(digits, baseline)), shared: kept }
    await analyzeRun({ ...options, limits: glance })
    const { analysis } = await analyzeRun({ ...options, limits: { ...glance, kMeans: 30 } })
    expect(analysis.counts.kMeans).toBe(30)
    expect(kept.made.filter((name) => name === 'clusters of values')).toHaveLength(2)
  })
  it('comes to other numbers only with another version, since what is kept is read by later ones', async () => {
    const kept = new Kept()
    await analyze({ ...(await optionsFor(digits, baseline, { corruption: uniform })), shared: kept })
    expect(kept.version, 'whoever has changed these numbers raises VERSION in SharedMeasurements.ts').toBe(1)
    const near = (value: number) => expect.closeTo(value, 4)
    expect(kept.of('pca')).toMatchObject({ meanSquaredError: near(0.04477), linearProbeAccuracy: 0.5 })
    expect(kept.of('mean')).toMatchObject({ meanSquaredError: near(0.06508), structuralSimilarity: near(0.13244) })
    expect(kept.of('values')).toEqual({ linearProbeAccuracy: 0.5, linearProbeRegularization: 0.001 })
    expect(kept.of('clusters of pca')).toMatchObject({ kMeansNormalizedMutualInformation: near(0.84248) })
    expect(kept.of('clusters of values')).toMatchObject({ kMeansNormalizedMutualInformation: near(0.71946) })
    expect((kept.of('rates of pca') as readonly RateDistortionPoint[])[0]).toMatchObject({ bitsPerPixel: near(0.23673) })
    const { padding, branches } = kept.of('jpeg') as JpegMeasurements
    expect(padding).toBe(1)
    expect(branches.map(({ points }) => points[0]?.bitsPerPixel)).toEqual([near(0.70612), near(1.11837)])
    expect(kept.of('corrupted')).toMatchObject({
      CORRUPTED: { metrics: { meanSquaredError: near(0.04284) } },
      WIENER_FILTER: { metrics: { meanSquaredError: near(0.0195) } },
      MEDIAN_FILTER: { metrics: { meanSquaredError: near(0.05174) } },
    })
    expect(kept.of('pca of corrupted')).toMatchObject({ metrics: { meanSquaredError: near(0.04669) } })
  })
})
