import { memory } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect } from 'vitest'

let before = 0
beforeAll(() => {
  before = memory().numTensors
})
// Files follow each other in one process, and count from where the last one ended.
afterAll(() => expect(memory().numTensors, 'tensors that the tests of this file left').toBe(before))
