import { expect, it } from 'vitest'
import { joinRunIssues } from '../../src/index.js'

const issue = (label: string, message = 'Epochs must be 1') => ({ label, message })

it('says what is wrong with several runs once, with the runs it concerns', () => {
  expect(joinRunIssues([])).toEqual([])
  expect(joinRunIssues([issue('z = 1')])).toEqual(['z = 1: Epochs must be 1'])
  expect(joinRunIssues([issue('z = 1'), issue('z = 9', 'Code size must be at most 4'), issue('z = 2')])).toEqual([
    '2 runs (z = 1, z = 2): Epochs must be 1',
    'z = 9: Code size must be at most 4',
  ])
  expect(joinRunIssues(['a', 'b', 'c', 'd'].map((label) => issue(label)))).toEqual(['4 runs (a, b, c and 1 other): Epochs must be 1'])
  expect(joinRunIssues(['a', 'b', 'c', 'd', 'e'].map((label) => issue(label)))).toEqual(['5 runs (a, b, c and 2 others): Epochs must be 1'])
})
