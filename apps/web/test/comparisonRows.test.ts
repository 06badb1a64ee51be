import type { RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import type { ComparedRun } from '../src/entities/run/useComparedRuns'
import { offeredMeasurements, titleOf } from '../src/features/compare/comparedMeasurements'
import { compareGroups } from '../src/features/compare/comparisonRows'
import { differencesOf } from '../src/features/compare/configDifferences'
import { groupingsOf, groupRuns } from '../src/features/compare/runGroups'
import { answeredConfig, makeRun } from './runFixtures'

interface Given {
  readonly number: number
  readonly config?: RunConfigInput
  readonly loss?: number
  readonly psnr?: number
  readonly dataset?: string
}

function runOf({ number, config = {}, loss = 1, psnr = 20, dataset = 'mnist' }: Given): ComparedRun {
  const base = makeRun()
  const summary = { ...base.summary, validationLoss: loss, validationMeanSquaredError: loss / 2, peakSignalToNoiseRatio: psnr, test: null }
  const run = { id: `run${number}`, number, name: `run ${number}`, config: answeredConfig(config), summary }
  return { ...base, ...run, dataset: { ...base.dataset, id: dataset, title: dataset } } as unknown as ComparedRun
}

const options: { readonly all: boolean; readonly baseline: string | null } = { all: false, baseline: null }
const rowsOf = (runs: readonly ComparedRun[], chosen: Partial<typeof options> = {}) => {
  const rows = compareGroups(groupRuns(runs, null), { ...options, ...chosen }).flatMap((part) => part.rows)
  return (id: string) => rows.find((row) => row.id === id)
}

describe('runs side by side', () => {
  it('have the best value of each row marked, whichever way is better', () => {
    const row = rowsOf([runOf({ number: 1, loss: 0.2, psnr: 18 }), runOf({ number: 2, loss: 0.1, psnr: 17 })])
    expect(row('validationLoss')?.cells.map(({ isBest }) => isBest)).toEqual([false, true])
    expect(row('peakSignalToNoiseRatio')?.cells.map(({ isBest }) => isBest)).toEqual([true, false])
    expect(row('status')?.cells.some(({ isBest }) => isBest)).toBe(false)
  })

  it('have no best value where all are equal, or one is alone', () => {
    const best = (runs: ComparedRun[]) => rowsOf(runs)('validationLoss')?.cells.some(({ isBest }) => isBest)
    expect(best([runOf({ number: 1 }), runOf({ number: 2 })])).toBe(false)
    expect(best([runOf({ number: 1 })])).toBe(false)
  })

  it('are not ranked where they differ in their data or objectives, and the row says so', () => {
    const row = rowsOf([runOf({ number: 1, loss: 0.2 }), runOf({ number: 2, loss: 0.1, dataset: 'spiral' })])
    expect(row('validationMeanSquaredError')?.unranked).toBe('not ranked: different data')
    expect(row('validationMeanSquaredError')?.cells.some(({ isBest }) => isBest)).toBe(false)
    const other = rowsOf([runOf({ number: 1, loss: 0.2 }), runOf({ number: 2, loss: 0.1, config: { loss: 'binaryCrossEntropy' } })])
    expect(other('validationLoss')?.unranked).toBe('not ranked: different objectives')
    expect(other('validationMeanSquaredError')?.unranked).toBeNull()
    const scored = rowsOf([runOf({ number: 1, loss: 0.2 }), runOf({ number: 2, loss: 0.1, config: { data: { validationCount: 0 } } })])
    expect(scored('validationMeanSquaredError')?.unranked).toBe('not ranked: scored on different examples')
    const noisy = (amplitude: number) => ({ corruption: { kind: 'uniform', amplitude } as const })
    const denoising = rowsOf([runOf({ number: 1, loss: 0.2, config: noisy(0.5) }), runOf({ number: 2, loss: 0.1, config: noisy(0.1) })])
    for (const id of ['validationLoss', 'validationMeanSquaredError', 'peakSignalToNoiseRatio']) {
      expect(denoising(id)?.unranked, id).toBe('not ranked: different corruptions')
      expect(denoising(id)?.cells.some(({ isBest }) => isBest)).toBe(false)
    }
  })

  it('have losses that are called what they are: of validation or test examples, and objectives where a run minimizes more than its error', () => {
    const tested = { data: { validationCount: 0 } } as const
    const variational = { architecture: { kind: 'dense', encoder: { kind: 'variational' } }, loss: 'binaryCrossEntropy' } as const
    const titles = (...configs: RunConfigInput[]) => {
      const runs = configs.map((config, index) => {
        const run = runOf({ number: index + 1, config, loss: index })
        return { ...run, summary: { ...run.summary, bestEpoch: 1, bestValidationLoss: index } }
      })
      const row = rowsOf(runs)
      const offered = offeredMeasurements(runs).find(({ id }) => id === 'validationLoss')
      if (!offered) throw new Error('expected the validation loss among what is offered')
      return [row('validationLoss')?.title, row('bestValidationLoss')?.title, titleOf(offered, runs)]
    }
    expect(titles({}, {})).toEqual(['Validation loss', 'Best validation loss', 'Validation loss (mean squared error)'])
    expect(titles({}, tested)).toEqual(['Validation or test loss', 'Best validation loss', 'Validation or test loss (mean squared error)'])
    expect(titles(variational, variational)).toEqual([
      'Validation objective',
      'Best validation objective',
      'Validation objective (binary cross-entropy + β KL)',
    ])
    expect(titles({}, variational)).toEqual(['Validation objective', 'Best validation objective', 'Validation objective'])
  })

  it('are told apart by words, not by names of the configuration', () => {
    const row = rowsOf([
      runOf({ number: 1, config: { data: { dataset: 'two-moons' }, corruption: { kind: 'gaussian' } } }),
      runOf({ number: 2, config: { data: { dataset: 'fashion-mnist' }, corruption: { kind: 'saltAndPepper' } } }),
    ])
    expect(row('data.dataset')?.cells.map(({ text }) => text)).toEqual(['Two moons', 'Fashion-MNIST'])
    expect(row('corruption')?.cells.map(({ text }) => text)).toEqual(['Gaussian', 'Salt and pepper'])
  })

  it('are set against a baseline', () => {
    const row = rowsOf([runOf({ number: 1, loss: 0.2 }), runOf({ number: 2, loss: 0.1 }), runOf({ number: 3, loss: 0.2 })], {
      baseline: 'run1',
    })
    expect(row('validationLoss')?.cells.map(({ difference }) => difference)).toEqual([null, '−0.100 (−50 %)', 'the same'])
  })

  it('list the settings that differ, or all of them', () => {
    const runs = [runOf({ number: 1 }), runOf({ number: 2, config: { training: { epochs: 7 } } })]
    expect(rowsOf(runs)('training.epochs')?.cells.map(({ text }) => text)).toEqual(['20 epochs', '7 epochs'])
    expect(rowsOf(runs)('loss')).toBeUndefined()
    expect(rowsOf(runs, { all: true })('loss')).toBeDefined()
  })
})

describe('groups of runs', () => {
  const runs = [1, 2, 3, 4].map((number) =>
    runOf({
      number,
      loss: [0.1, 0.3, 0.5, 0.5][number - 1] ?? 0,
      config: { training: { seed: number }, architecture: { kind: 'dense', latentDimension: number <= 2 ? 8 : 16 } },
    }),
  )

  it('are offered by every setting that some share, and by all but the seed where that repeats any', () => {
    const offered = groupingsOf(differencesOf(runs), runs.length)
    expect(offered.map(({ id }) => id)).toEqual(['seed', 'architecture.latentDimension'])
    expect(groupingsOf(differencesOf(runs.slice(0, 1)), 1)).toEqual([])
  })

  it('have means and standard deviations', () => {
    const [replicates = null] = groupingsOf(differencesOf(runs), runs.length)
    const groups = groupRuns(runs, replicates)
    expect(groups.map(({ label }) => label)).toEqual([expect.stringMatching(/8 \(2 runs\)$/), expect.stringMatching(/16 \(2 runs\)$/)])
    const cells = compareGroups(groups, options)
      .flatMap((part) => part.rows)
      .find(({ id }) => id === 'validationLoss')?.cells
    expect(cells?.map(({ text, isBest }) => [text, isBest])).toEqual([
      ['0.2000 ± 0.14', true],
      ['0.5000', false],
    ])
  })
})
