import { completeRunConfig, encodeSafetensors, initializeParameters } from '@hourglass/autoencoders'
import { memory } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { openLatentModel } from '../src/latent/openLatentModel'

const { architecture } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2 } })
const exampleShape = [2, 3]
const checkpoint = encodeSafetensors(initializeParameters(architecture, { exampleShape, seed: 1 }))
const url = `data:application/octet-stream;base64,${Buffer.from(checkpoint).toString('base64')}`
const open = () => openLatentModel({ architecture, exampleShape, url }, new AbortController().signal)
const example = new Float32Array(6).fill(0.5)

describe('a model in the browser', () => {
  it('encodes an example to a code and decodes it again', async () => {
    const model = await open()
    const code = await model.encode(example, 1)
    expect(code).toHaveLength(2)
    expect(model.decode(code ?? new Float32Array(), 1)).toHaveLength(6)
    model.dispose()
  })

  it('answers nothing to who asked for a code before it was disposed of, and keeps no tensor', async () => {
    const before = memory().numTensors
    const model = await open()
    const asked = model.encode(example, 1)
    model.dispose()
    await expect(asked).resolves.toBeNull()
    await expect(model.encode(example, 1)).resolves.toBeNull()
    expect(memory().numTensors).toBe(before)
  })

  it('tells who asked that an example has the wrong size, and nobody else', async () => {
    const model = await open()
    await expect(model.encode(new Float32Array(5), 1)).rejects.toThrow('expected 1 × 6 values, got 5')
    model.dispose()
  })
})
