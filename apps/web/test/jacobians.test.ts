import type { RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { contractions, contractionsTable } from '../src/features/experiment/contractions'
import { suitingFigures } from '../src/features/experiment/experimentFigures'
import { jacobianSpectra, jacobianSpectraTable, scaledSpectrum } from '../src/features/experiment/jacobianSpectra'
import { stepResponseTable } from '../src/features/experiment/StepResponseFigure'
import { subspaces, subspacesTable } from '../src/features/experiment/subspaces'
import type { RunAnalysis } from '../src/features/experiment/useExperimentAnalyses'
import { analysisOf, runOf } from './measuredRun'

describe('singular values of Jacobians', () => {
  const runs = [runOf(1, {}), runOf(2, {}), runOf(3, {})]
  const metrics = { jacobianNorm: 4, scaledJacobianNorm: 2, reconstructionJacobianNorm: 6, scaledReconstructionJacobianNorm: 1.5 }
  const spectra = { encoder: [3, 2, 1e-9], reconstruction: [5, 3, 0] }
  const analyses = new Map<string, RunAnalysis | null>([
    ['run1', { ...analysisOf({ MODEL: metrics }), jacobianSpectra: spectra } as unknown as RunAnalysis],
    // Of an earlier version, and of a code too long to decompose.
    ['run2', { ...analysisOf({ MODEL: { jacobianNorm: 4 } }), jacobianSpectra: null } as unknown as RunAnalysis],
    ['run3', null],
  ])

  it('are told as measured and over the spread, and what the decoder passes on of a change of the code', () => {
    const [first, second, ...others] = jacobianSpectra({ runs, analyses })
    expect(others).toEqual([])
    // What is left of a direction that nothing answers to is rounding.
    expect(first?.encoder.singularValues).toEqual([3, 2])
    expect(first && scaledSpectrum(first.encoder)).toEqual([1.5, 1])
    expect(first && scaledSpectrum(first.reconstruction)).toEqual([1.25, 0.75])
    expect(first?.passedOn).toBe(0.75)
    expect(second?.passedOn).toBeNull()
    expect(second && scaledSpectrum(second.encoder)).toEqual([])
  })

  it('leave as a table, with a row of norms for a run that has no more', () => {
    expect(jacobianSpectraTable({ runs, analyses })).toEqual({
      columns: ['run', 'label', 'of', 'norm', 'scaled norm', 'direction', 'singular value', 'scaled singular value'],
      rows: [
        [1, 'run 1', 'code', 4, 2, 1, 3, 1.5],
        [1, 'run 1', 'code', 4, 2, 2, 2, 1],
        [1, 'run 1', 'reconstruction', 6, 1.5, 1, 5, 1.25],
        [1, 'run 1', 'reconstruction', 6, 1.5, 2, 3, 0.75],
        [2, 'run 2', 'code', 4, null, null, null, null],
        [2, 'run 2', 'reconstruction', null, null, null, null, null],
      ],
    })
  })
})

describe('steps along and across a curve', () => {
  it('leave as a table, a row for each length', () => {
    const stepResponse = { lengths: [0.1, 0.2], along: [0.9, 0.8], across: [0.1, 0.3] }
    const analyses = new Map([['run1', { ...analysisOf({}), stepResponse } as unknown as RunAnalysis]])
    expect(stepResponseTable({ runs: [runOf(1, {}), runOf(2, {})], analyses }).rows).toEqual([
      [1, 'run 1', 0.1, 0.9, 0.1],
      [1, 'run 1', 0.2, 0.8, 0.3],
    ])
  })
})

const contractive = (weight: number): RunConfigInput => ({ regularizer: { kind: 'contractive', weight } })

describe('contraction', () => {
  const runs = [runOf(1, contractive(1)), runOf(2, {}), runOf(3, contractive(10)), runOf(4, contractive(100))]
  const analyses = new Map<string, RunAnalysis | null>([
    ['run1', analysisOf({ MODEL: { jacobianNorm: 1, scaledJacobianNorm: 2, unclippedMeanSquaredError: 0.02 } })],
    ['run2', analysisOf({ MODEL: { jacobianNorm: 4, scaledJacobianNorm: 3, unclippedMeanSquaredError: 0.01 } })],
    ['run3', analysisOf({ MODEL: { jacobianNorm: 0.25, unclippedMeanSquaredError: 0.015 } })],
    ['run4', null],
  ])

  it('is how many times smaller the Jacobian is than that of the run without a penalty', () => {
    const { reference, rows } = contractions({ runs, analyses })
    expect(reference?.id).toBe('run2')
    expect(rows.map(({ run, contraction, errorRatio }) => [run.id, contraction, errorRatio])).toEqual([
      ['run1', 4, 2],
      ['run2', null, null],
      ['run3', 16, 1.5],
    ])
    expect(contractionsTable({ runs, analyses }).rows[2]).toEqual([3, 'run 3', 0.25, 0.015, 16, 1.5, null, null, null])
    // Free of the code's scale less is left of it.
    expect(rows[0]?.scaledContraction).toBe(1.5)
  })

  it('compares neither with what denoises nor across data and architectures', () => {
    const config = { architecture: { kind: 'dense', latentDimension: 8 } } as const
    const others = [
      runOf(5, { corruption: { kind: 'gaussian' } }),
      runOf(6, config),
      runOf(7, contractive(1)),
      runOf(8, { ...contractive(1), ...config }),
      runOf(9, { ...contractive(1), ...config, data: { trainCount: 100 } }),
    ]
    const same = analysisOf({ MODEL: { jacobianNorm: 2, unclippedMeanSquaredError: 0.02 } })
    const { reference, rows } = contractions({ runs: others, analyses: new Map(others.map(({ id }) => [id, same])) })
    expect(reference?.id).toBe('run6')
    expect(rows.map(({ contraction }) => contraction)).toEqual([null, null, null, 1, null])
  })

  it('has no ratio where every run has a penalty', () => {
    const { reference, rows } = contractions({ runs: runs.slice(0, 1), analyses })
    expect(reference).toBeNull()
    expect(rows[0]?.contraction).toBeNull()
  })

  it('is a figure of experiments with contractive runs alone', () => {
    expect(suitingFigures(runs)).toContain('CONTRACTION')
    expect(suitingFigures([runOf(1, {})])).not.toContain('CONTRACTION')
  })
})

describe('subspaces', () => {
  const linear: RunConfigInput = { architecture: { kind: 'dense', outputActivation: 'linear' } }
  const runs = [runOf(1, linear), runOf(2, linear)]
  const measured = { MODEL: { unclippedMeanSquaredError: 0.0171 }, PCA: { unclippedMeanSquaredError: 0.0168 } }
  const analyses = new Map([
    ['run1', analysisOf(measured, [0, Math.PI / 6, Math.PI / 2])],
    ['run2', analysisOf(measured)],
  ])

  it('are compared in degrees, with what they cost without clipping', () => {
    const [first, ...others] = subspaces({ runs, analyses })
    expect(others).toEqual([])
    expect(first?.angles.map((angle) => Math.round(angle))).toEqual([0, 30, 90])
    expect([first?.meanSquaredError, first?.pcaMeanSquaredError]).toEqual([0.0171, 0.0168])
    expect(subspacesTable({ runs, analyses }).rows).toHaveLength(3)
  })

  it('are a figure of experiments with linear decoders alone', () => {
    expect(suitingFigures(runs)).toContain('SUBSPACES')
    expect(suitingFigures([runOf(1, {})])).not.toContain('SUBSPACES')
    const deep: RunConfigInput = { architecture: { kind: 'dense', hiddenWidths: [64], outputActivation: 'linear' } }
    expect(suitingFigures([runOf(1, deep)])).not.toContain('SUBSPACES')
  })
})
