import { completeRunConfig, type RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import type { ExperimentFigure } from '../src/data/generated/graphql'
import { writeRunConfig } from '../src/data/readRunConfig'
import { domainOf } from '../src/features/experiment/dotRows'
import { experimentFigures, suitingFigures } from '../src/features/experiment/experimentFigures'
import { joinNumbers } from '../src/features/experiment/figureNumbers'
import { traversalsTable } from '../src/features/experiment/traversalsTable'
import type { ExperimentRun } from '../src/features/experiment/useExperiment'

function runOf(config: RunConfigInput, { exampleShape = [28, 28], number = 1 } = {}): ExperimentRun {
  const sent = writeRunConfig(completeRunConfig(config))
  return { id: `run${number}`, number, label: `run ${number}`, config: sent, dataset: { exampleShape } } as unknown as ExperimentRun
}

describe('the figures of an experiment', () => {
  const of = (...runs: ExperimentRun[]) => suitingFigures(runs)

  it('are those that its runs have something to show in', () => {
    const digits = of(runOf({}))
    expect(digits).toContain('GENERALIZATION')
    expect(digits).not.toContain('DENOISING')
    expect(digits).not.toContain('VECTOR_FIELD')
    expect(digits).not.toContain('FINE_TUNING')
    const points = of(runOf({ data: { dataset: 'circle' } }, { exampleShape: [2] }))
    expect(points).toContain('VECTOR_FIELD')
    expect(points).not.toContain('INPAINTING')
    expect(points).toContain('STEP_RESPONSE')
    expect(points).not.toContain('RECONSTRUCTION_CURVE')
    const line = of(runOf({ data: { dataset: 'line' } }, { exampleShape: [1] }))
    expect(line).toContain('RECONSTRUCTION_CURVE')
    expect(line).not.toContain('STEP_RESPONSE')
    expect(line).not.toContain('VECTOR_FIELD')
    expect(line).not.toContain('TANGENTS')
    expect(points).toContain('TANGENTS')
    expect(digits).not.toContain('COPYING')
    expect(of(runOf({ architecture: { kind: 'dense', outputActivation: 'linear' } }))).toContain('COPYING')
    expect(of(runOf({ corruption: { kind: 'uniform' } }))).toContain('DENOISING')
    expect(of(runOf({ evaluation: { labels: 100 } }))).toContain('FINE_TUNING')
    expect(of(runOf({ architecture: { kind: 'dense', latentDimension: 65 } }))).not.toContain('TRAVERSALS')
  })

  it('set runs side by side only where they see the same', () => {
    const noisy = (amplitude: number) => runOf({ corruption: { kind: 'uniform', amplitude } })
    expect(of(noisy(0.5), noisy(0.5))).toContain('COMPARISON')
    expect(of(noisy(0.5), noisy(1))).not.toContain('COMPARISON')
  })

  it('say how examples are drawn, points otherwise than images', () => {
    const noteOf = (run: ExperimentRun) => {
      const { note } = experimentFigures.RECONSTRUCTIONS
      return typeof note === 'string' ? note : note([run])
    }
    expect(noteOf(runOf({}))).toMatch(/what it makes of them below$/)
    expect(noteOf(runOf({ corruption: { kind: 'masking' } }))).toMatch(/between them what it sees/)
    expect(noteOf(runOf({ data: { dataset: 'circle' } }, { exampleShape: [2] }))).not.toMatch(/above|below/)
  })

  it('have a name each', () => {
    const titles = (Object.keys(experimentFigures) as ExperimentFigure[]).map((figure) => experimentFigures[figure].title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('put the numbers of their rows into one table, in the order of the runs', () => {
    const runs = [runOf({}, { number: 1 }), runOf({}, { number: 2 })]
    const rows = new Map([
      ['run2', () => ({ columns: ['x'], rows: [[3]] })],
      ['run1', () => ({ columns: ['x'], rows: [[1], [2]] })],
    ])
    expect(joinNumbers(runs, rows)).toEqual({
      columns: ['run', 'label', 'x'],
      rows: [
        [1, 'run 1', 1],
        [1, 'run 1', 2],
        [2, 'run 2', 3],
      ],
    })
    expect(joinNumbers(runs, new Map())).toBeNull()
  })

  it('leave cells empty where another row has more columns', () => {
    const runs = [runOf({}, { number: 1 }), runOf({}, { number: 2 })]
    const moved = (...codes: number[]) => [{ name: 'z1', codes: Float32Array.from(codes) }]
    const rows = new Map([
      ['run1', () => traversalsTable(moved(-1, 1), { size: 1, steps: 2 })],
      ['run2', () => traversalsTable(moved(-1, 0.5, 1, 0.5), { size: 2, steps: 2 })],
    ])
    expect(joinNumbers(runs, rows)).toEqual({
      columns: ['run', 'label', 'along', 'step', 'z1', 'z2'],
      rows: [
        [1, 'run 1', 'z1', 1, -1, null],
        [1, 'run 1', 'z1', 2, 1, null],
        [2, 'run 2', 'z1', 1, -1, 0.5],
        [2, 'run 2', 'z1', 2, 1, 0.5],
      ],
    })
  })
})

describe('a dot plot', () => {
  const row = (value: number, deviation?: number) => ({
    id: 'a',
    label: 'a',
    colour: 'red',
    values: { model: { value, ...(deviation === undefined ? {} : { spread: deviation }) } },
  })

  it('covers all values with their spreads', () => {
    expect(domainOf([row(1), row(5, 2)])).toEqual([1, 7])
    expect(domainOf([row(1), row(5)], { fromZero: true })).toEqual([0, 5])
  })

  it('has room around a single value, and an axis where there is none', () => {
    expect(domainOf([row(4)])).toEqual([2, 6])
    expect(domainOf([])).toEqual([0, 1])
  })

  it('never goes beyond what values can be', () => {
    const bounds = [0, 1] as const
    expect(domainOf([row(1), row(1)], { bounds })).toEqual([0.5, 1])
    expect(domainOf([row(0)], { bounds })).toEqual([0, 0.5])
    expect(domainOf([row(0.9, 0.2), row(0.05, 0.1)], { bounds })).toEqual([0, 1])
  })
})
