import { engine } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect } from 'vitest'

// Asked of the engine itself, since a file that computes nothing has no backend to ask.
const tensors = () => engine().state.numTensors
let before = 0
beforeAll(() => {
  before = tensors()
})
// Files follow each other in one process, and count from where the last one ended.
afterAll(() => expect(tensors(), 'tensors that the tests of this file left').toBe(before))
