import { memory } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { activateCpuBackend } from '../src/tensors/cpuBackend.js'

let before = 0
beforeAll(() => {
  // The first file of a process may load no backend, without which there is no memory to ask for.
  activateCpuBackend()
  before = memory().numTensors
})
// Files follow each other in one process, and count from where the last one ended.
afterAll(() => expect(memory().numTensors, 'tensors that the tests of this file left').toBe(before))
