import { completeRunConfig, sweptSetting } from '@hourglass/autoencoders'
import { describe, expect, test } from 'vitest'
import { configDescription } from '../src/data/readRunConfig'
import { addedRuns } from '../src/features/experiment/addedRuns'

const run = (latentDimension: number, seed = 1) => ({
  label: `z = ${latentDimension}, seed ${seed}`,
  config: completeRunConfig({ architecture: { kind: 'dense', latentDimension }, training: { seed } }),
})
const present = [run(8), run(8, 2), run(2), run(2, 2)]
const swept = sweptSetting(configDescription, present)
const labelsOf = (values: readonly string[]) => addedRuns(present, swept, { kind: 'values', values })

describe('runs that are added to an experiment', () => {
  test('are more seeds of its settings, or other values of what it varies with its seeds', () => {
    expect(addedRuns(present, swept, { kind: 'seeds', count: 1 }).runs.map(({ label }) => label)).toEqual([
      'z = 8, seed 3',
      'z = 2, seed 3',
    ])
    expect(labelsOf(['4', '16', '4'])).toMatchObject({
      problem: undefined,
      runs: ['z = 4, seed 1', 'z = 4, seed 2', 'z = 16, seed 1', 'z = 16, seed 2'].map((label) => ({ label })),
    })
  })

  test('are none that it has, and none that cannot be trained', () => {
    expect(labelsOf([]).problem).toBe('Give the values that code size is to take.')
    expect(labelsOf(['4', 'x']).problem).toBe('Expected numbers, got "x".')
    expect(labelsOf(['4', '8']).problem).toBe('Its runs have code size 8 already.')
    expect(labelsOf(['4', '0']).problem).toBe(
      '2 runs (z = 0, seed 1, z = 0, seed 2): Code size must be a whole number from 1 to 4096, got 0.',
    )
  })
})
