import { expect, test } from 'vitest'
import { epochPlaces } from '../src/entities/metric/epochPlaces'

const epochs = [
  { epoch: 1, seconds: 2, elapsedSeconds: 2 },
  { epoch: 5, seconds: 3, elapsedSeconds: 15 },
  { epoch: 6, seconds: 4, elapsedSeconds: null },
  { epoch: 7, seconds: 1 },
]

test('places epochs by their number, their steps, and the time of training up to them, whichever of them have just ended', () => {
  expect(epochPlaces(epochs, 'epoch', 10)).toEqual([1, 5, 6, 7])
  expect(epochPlaces(epochs, 'step', 10)).toEqual([10, 50, 60, 70])
  expect(epochPlaces(epochs, 'time', 10)).toEqual([2, 15, 19, 20])
})
