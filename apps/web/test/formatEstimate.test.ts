import { expect, it } from 'vitest'
import { formatEstimate } from '../src/ui/formatQuantity'

it.each([
  [0.4, '5 s'],
  [41, '40 s'],
  [57, '55 s'],
  [58, '1 min'],
  [763, '13 min'],
  [3599, '1 h'],
  [4700, '1 h 20 min'],
  [7190, '2 h'],
])('writes %d seconds no more exactly than an estimate is known: %s', (seconds, text) => {
  expect(formatEstimate(seconds)).toBe(text)
})
