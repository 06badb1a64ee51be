import { describe, expect, it } from 'vitest'
import type { AnalysisContext } from '../../src/analysis/AnalysisContext.js'
import { defaultLimits } from '../../src/analysis/AnalysisLimits.js'
import { featureCounts } from '../../src/analysis/measureSubjects.js'
import { latentDimensionOf } from '../../src/architectures/layouts.js'
import { completeRunConfig, presets } from '../../src/index.js'

const examples = (count: number) => ({ features: new Float32Array(0), labels: new Uint8Array(count) })
const countsOf = (latentDimension: number) =>
  featureCounts({
    limits: defaultLimits,
    train: examples(5000),
    test: examples(10_000),
    model: { latentDimension },
    size: 784,
  } as unknown as AnalysisContext)

describe('the linear probes of an experiment', () => {
  it('learn from as many labels at every code size, so that their accuracies compare', () => {
    const sizes = presets.flatMap(({ runs }) =>
      runs.map(({ config }) => latentDimensionOf(completeRunConfig(config).architecture, [28, 28])),
    )
    expect(Math.max(...sizes)).toBe(1568)
    expect(new Set(sizes.map((size) => countsOf(size).linearProbeTrain))).toEqual(new Set([4000]))
  })
})
