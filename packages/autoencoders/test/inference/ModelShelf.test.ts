import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { completeRunConfig, createDecoder, initializeParameters, ModelShelf } from '../../src/index.js'

const exampleShape = [4]
const { architecture: config } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [] } })
const description = (seed: number) => ({ config, exampleShape, parameters: initializeParameters(config, { exampleShape, seed }) })
// Two kernels of 4 × 2 and biases of 2 and 4.
const BYTES = 4 * (2 * 8 + 2 + 4)
const code = Float32Array.of(0.5, -1)
const settled = () => new Promise((resolve) => setTimeout(resolve))

let shelf: ModelShelf
beforeEach(() => {
  shelf = new ModelShelf({ mostBytes: BYTES })
})
afterEach(async () => {
  // It holds one model, that of the last use.
  await shelf.use({ key: 'last', read: async () => description(1) }, (model) => model.dispose())
  await settled()
})

describe('models on a shelf', () => {
  it('compute what the decoder of the same checkpoint does, and are read once', async () => {
    const read = vi.fn(async () => description(1))
    const decode = () => shelf.use({ key: 'a', read }, (model) => model.decode(code, 1))
    const [one, two] = await Promise.all([decode(), decode()])
    const decoder = await createDecoder(description(1))
    expect(one).toEqual(decoder.decode(code, 1))
    expect(two).toEqual(one)
    expect(read).toHaveBeenCalledTimes(1)
    decoder.dispose()
  })

  it('give way to newer ones beyond the limit, and leave no tensors behind', async () => {
    const before = tf.memory().numTensors
    const read = vi.fn(async () => description(1))
    for (const key of ['a', 'b', 'c', 'b']) await shelf.use({ key, read }, () => null)
    await settled()
    expect(tf.memory().numTensors - before).toBe(4)
    expect(read).toHaveBeenCalledTimes(4)
    await shelf.use({ key: 'b', read }, () => null)
    expect(read).toHaveBeenCalledTimes(4)
  })

  it('are not disposed of while somebody computes with them', async () => {
    const read = async () => description(1)
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const slow = shelf.use({ key: 'a', read }, async (model) => {
      await held
      return model.decode(code, 1)
    })
    await shelf.use({ key: 'b', read }, () => null)
    await settled()
    goOn()
    await expect(slow).resolves.toHaveLength(4)
  })

  it('are read again after a failure', async () => {
    const read = vi.fn(async () => description(1)).mockRejectedValueOnce(new Error('no file'))
    await expect(shelf.use({ key: 'a', read }, () => null)).rejects.toThrow('no file')
    await expect(shelf.use({ key: 'a', read }, () => 'there')).resolves.toBe('there')
  })

  it('are read no further once nobody waits for them', async () => {
    let reading: AbortSignal | undefined
    const read = (signal: AbortSignal) => {
      reading = signal
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const [one, two] = [new AbortController(), new AbortController()]
    const asked = [one, two].map(({ signal }) => shelf.use({ key: 'a', read, signal }, () => null))
    one.abort(new Error('left'))
    await expect(asked[0]).rejects.toThrow('left')
    expect(reading?.aborted).toBe(false)
    two.abort(new Error('left, too'))
    await expect(asked[1]).rejects.toThrow('left, too')
    expect(reading?.aborted).toBe(true)
    await expect(shelf.use({ key: 'a', read: async () => description(1) }, () => 'there')).resolves.toBe('there')
  })
})
