import { expect, it } from 'vitest'
import type { PresetEstimate } from '../src/entities/experiment/usePresetEstimates'
import { describeEstimates } from '../src/features/experiment/describeEstimates'

const estimates = (...seconds: (number | null)[]) =>
  new Map(
    seconds.map((each, index): [string, PresetEstimate] => [
      `${index}`,
      { __typename: 'PresetEstimate', id: `${index}`, seconds: each, quickSeconds: each },
    ]),
  )

it('says that times are estimates once one is known, and before that when there will be some', () => {
  expect(describeEstimates(estimates(null, 3))).toBe('times are estimates for this machine')
  const unknown = 'how long each takes here will be known once something has been run'
  expect(describeEstimates(estimates(null, null))).toBe(unknown)
  expect(describeEstimates(undefined)).toBe(unknown)
})
