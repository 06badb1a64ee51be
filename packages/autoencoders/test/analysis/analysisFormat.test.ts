import { readStored, versionOf } from '@hourglass/protocol'
import { describe, expect, it } from 'vitest'
import { metricCatalog } from '../../src/index.js'
import { type Analysis, analysisFormat, analysisSchema } from '../../src/measured.js'

const version = versionOf(analysisFormat)
const read = (value: unknown) => readStored(analysisFormat, { version, value })

const metrics = Object.fromEntries(metricCatalog.map(({ id }, index) => [id, index / 2]))
const analysis: Analysis = analysisSchema.parse({
  seconds: 4.2,
  counts: {
    test: 1000,
    structuralSimilarity: 400,
    linearProbeTrain: 4000,
    linearProbeTest: 1000,
    kMeans: 1000,
    jacobianNorm: 250,
    jacobianSpectra: 32,
    compression: 1000,
    inpainting: 200,
  },
  chosen: 'RANDOM',
  principalComponents: { used: 32, rank: 700 },
  jacobianSpectra: { encoder: [2, 1], reconstruction: [1, 0.5] },
  stepResponse: { lengths: [0.1, 0.2], along: [0.9, 0.8], across: [0.1, 0.2] },
  subjects: [{ subject: 'MODEL', metrics }],
  codeUnits: [{ index: 0, mean: 0.5, klDivergence: null }],
  rateDistortion: [{ codec: 'JPEG', points: [{ setting: 10, bitsPerPixel: 1, meanSquaredError: 0.1, peakSignalToNoiseRatio: 10 }] }],
  inpainting: { iterations: 20, chains: 1, meanSquaredError: 0.1, filledMeanSquaredError: null, meanImageMeanSquaredError: 0.2 },
  tangents: [{ example: 0, label: 7, singularValues: [2, 1] }],
  subspaceAngles: [0, 0.1],
  fineTuning: { labels: 100, epochs: 50, pretrainedTestError: 0.1, randomTestError: 0.2 },
})

describe('a stored analysis', () => {
  it('is read as it was written', () => {
    expect(read(analysis)).toEqual({ value: analysis })
  })

  it('of the first version carries its version inside too, and looked at the first examples', () => {
    expect(version).toBe(2)
    const { chosen: _, ...first } = analysis
    expect(readStored(analysisFormat, { version: 1, value: { version: 1, ...first } })).toEqual({ value: { ...analysis, chosen: 'FIRST' } })
  })

  it.each(metricCatalog.map(({ id }) => id))('is read where it lacks %s, which is null then', (id) => {
    const { [id]: _, ...fewer } = metrics
    const expected = { ...analysis, subjects: [{ subject: 'MODEL', metrics: { ...metrics, [id]: null } }] }
    expect(read({ ...analysis, subjects: [{ subject: 'MODEL', metrics: fewer }] })).toEqual({ value: expected })
  })

  it('is read where it has a metric, a count or a part that this version does not know', () => {
    const more = {
      ...analysis,
      counts: { ...analysis.counts, futureMetric: 100 },
      subjects: [{ subject: 'MODEL', metrics: { ...metrics, futureMetric: 0.9 } }],
      futurePart: [{ label: 0, meanSquaredError: 0.1 }],
    }
    expect(read(more)).toEqual({ value: analysis })
  })

  it.each(Object.keys(analysis).filter((part) => part !== 'seconds'))('is read where it lacks the part %s', (part) => {
    const { [part as keyof Analysis]: _, ...fewer } = analysis
    const result = read(fewer)
    expect(result).toMatchObject({ value: fewer })
    // What was not measured is nothing: no rows, null, or a count of no examples.
    const value = 'value' in result ? result.value[part as keyof Analysis] : undefined
    expect(
      Array.isArray(value) ? value : typeof value === 'string' ? [] : Object.values(value ?? {}).filter((count) => count !== 0),
    ).toEqual([])
  })

  it('that is damaged says where', () => {
    expect(read({ ...analysis, tangents: [{ example: 'first' }] })).toEqual({
      problem: expect.stringContaining('analysis of version 2 cannot be read (tangents.0.example)'),
    })
  })
})
