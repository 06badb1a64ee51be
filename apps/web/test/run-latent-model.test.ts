import { completeRunConfig, createDecoder, encodeSafetensors, initializeParameters } from '@hourglass/autoencoders'
import { principalDirections } from '@hourglass/autoencoders/latent'
import { memory } from '@tensorflow/tfjs-core'
import { describe, expect, it, vi } from 'vitest'
import { connectModels } from '../src/entities/model/connectModels'
import { openLatentModel } from '../src/entities/model/openLatentModel'
import { addressOf, architecture, closesClients, example, exampleShape, newClient, open, parameters, signal, url } from './latentModels'

closesClients()

describe('a model in the browser', () => {
  it('encodes an example to a code and decodes it again, as the decoder of the checkpoint does', async () => {
    const model = await open()
    const code = await model.encode(example, 1)
    expect(code).toHaveLength(2)
    const decoder = await createDecoder({ config: architecture, exampleShape, parameters })
    expect(await model.decode(code, 1)).toEqual(decoder.decode(code, 1))
    expect(await model.ahead.decode(code, 1)).toEqual(decoder.decode(code, 1))
    decoder.dispose()
  })

  it('takes no values away from who asks', async () => {
    const model = await open()
    const codes = Float32Array.of(1, 2, 3, 4)
    await model.decode(codes.subarray(2), 1)
    expect(codes).toEqual(Float32Array.of(1, 2, 3, 4))
  })

  it('computes many rows in parts as it does at once', async () => {
    const wide = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [2000] } }).architecture
    const shape = [28, 28]
    const all = initializeParameters(wide, { exampleShape: shape, seed: 1 })
    const model = await openLatentModel(
      { architecture: wide, exampleShape: shape, url: addressOf(encodeSafetensors(all)) },
      signal,
      newClient(),
    )
    const codes = Float32Array.from({ length: 14 }, (_, index) => Math.sin(index))
    const decoder = await createDecoder({ config: wide, exampleShape: shape, parameters: all })
    expect(await model.decode(codes, 7)).toEqual(decoder.decode(codes, 7))
    decoder.dispose()
  })

  it('rejects who asked before it was disposed of, and who asks then', async () => {
    const model = await open()
    const asked = model.encode(example, 1)
    model.dispose()
    await expect(asked).rejects.toThrow('expected an open one, got one that was disposed of')
    await expect(model.encode(example, 1)).rejects.toThrow('disposed of')
  })

  it('rejects who gave up, and answers the others', async () => {
    const model = await open()
    const leaving = new AbortController()
    const [left, stayed] = [model.decode(Float32Array.of(1, 2), 1, leaving.signal), model.decode(Float32Array.of(1, 2), 1)]
    leaving.abort(new Error('went away'))
    await expect(left).rejects.toThrow('went away')
    await expect(stayed).resolves.toHaveLength(6)
  })

  it('tells who asked that an example has the wrong size, and nobody else', async () => {
    const model = await open()
    await expect(model.encode(new Float32Array(5), 1)).rejects.toThrow('expected 1 × 6 values, got 5')
    await expect(model.encode(example, 1)).resolves.toHaveLength(2)
  })

  it('says what is wrong with a checkpoint that is damaged, none of its architecture, or not there', async () => {
    const client = newClient()
    const file = encodeSafetensors(parameters)
    await expect(open(client, addressOf(file.subarray(0, file.length - 4)))).rejects.toThrow(/data: expected \d+ bytes, got \d+/)
    const other = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 3 } }).architecture
    const foreign = addressOf(encodeSafetensors(initializeParameters(other, { exampleShape, seed: 1 })))
    await expect(open(client, foreign)).rejects.toThrow(/expected shape \[.*\], got \[.*\]/)
    await expect(open(client, 'http://127.0.0.1:9/none')).rejects.toThrow()
    await expect(open(client)).resolves.toMatchObject({ url })
  })
})

describe('what is moved by hand', () => {
  const code = Float32Array.of(1, 2)
  /** A client, the kinds of calls that its worker was sent, and how many of them were ahead. */
  function listening({ refuse }: { refuse?: string } = {}) {
    const calls: { readonly kind: string; readonly isAhead: boolean }[] = []
    const client = newClient((listener) => {
      const connection = connectModels(listener)
      return {
        ...connection,
        send(request, transfer) {
          if (request.type === 'call') calls.push({ kind: request.kind, isAhead: 'isAhead' in request.call && request.call.isAhead })
          if (request.type === 'call' && request.kind === refuse)
            queueMicrotask(() => listener.onReply({ type: 'failed', id: request.id, message: 'not to be had', nearestEpoch: null }))
          else connection.send(request, transfer)
        },
      }
    })
    return { client, kinds: () => calls.map(({ kind }) => kind), ahead: () => calls.filter(({ isAhead }) => isAhead).length }
  }
  /** Asks until the answer comes from the page, which the worker then is not asked for. */
  async function untilInPage(model: Awaited<ReturnType<typeof open>>, ahead: () => number) {
    await vi.waitUntil(async () => {
      const before = ahead()
      await model.ahead.decode(code, 1)
      return ahead() === before
    })
  }

  it('is computed by the worker until the page has the small model, then in the page, to the same values, from one file', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch')
    try {
      const { client, kinds, ahead } = listening()
      const model = await open(client)
      const first = await model.ahead.decode(code, 1)
      expect(kinds()).toEqual(['open', 'parameters', 'decode'])
      await untilInPage(model, ahead)
      const asked = ahead()
      const [decoded, encoded] = [await model.ahead.decode(code, 1), await model.ahead.encode(example, 1)]
      expect(ahead()).toBe(asked)
      expect(decoded).toEqual(first)
      expect(encoded).toEqual(await model.encode(example, 1))
      expect(kinds().filter((kind) => kind === 'parameters')).toHaveLength(1)
      expect(fetching).toHaveBeenCalledTimes(1)
    } finally {
      fetching.mockRestore()
    }
  })

  it('is answered in the page before anything else happens there', async () => {
    const { client, ahead } = listening()
    const model = await open(client)
    await untilInPage(model, ahead)
    const happened: string[] = []
    setTimeout(() => happened.push('timer'))
    const immediate = new Promise<void>((resolve) => setImmediate(resolve))
    await model.ahead.decode(code, 1).then(() => happened.push('decoded'))
    expect(happened).toEqual(['decoded'])
    await immediate
  })

  it('is computed by the worker where the model is large, or there are many examples', async () => {
    const wide = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [1000] } }).architecture
    const all = initializeParameters(wide, { exampleShape: [28, 28], seed: 1 })
    const { client, kinds } = listening()
    const source = { architecture: wide, exampleShape: [28, 28], url: addressOf(encodeSafetensors(all)) }
    const large = await openLatentModel(source, signal, client)
    for (let times = 0; times < 3; times++) expect(await large.ahead.decode(code, 1)).toHaveLength(784)
    expect(kinds()).toEqual(['open', 'decode', 'decode', 'decode'])

    const { client: other, kinds: sent, ahead } = listening()
    const small = await open(other)
    await untilInPage(small, ahead)
    const count = 100_000
    const before = sent().length
    expect(await small.ahead.decode(new Float32Array(2 * count), count)).toHaveLength(6 * count)
    expect(sent().slice(before)).toEqual(['decode'])
  })

  it('is computed by the worker where the page’s own model does not load, which is tried once', async () => {
    const { client, kinds } = listening({ refuse: 'parameters' })
    const model = await open(client)
    for (let times = 0; times < 3; times++) expect(await model.ahead.encode(example, 1)).toEqual(await model.encode(example, 1))
    expect(kinds().filter((kind) => kind === 'parameters')).toHaveLength(1)
  })

  it('is refused in the page as by the worker: wrong lengths, who gave up, a model that was disposed of', async () => {
    const { client, ahead } = listening()
    const model = await open(client)
    await untilInPage(model, ahead)
    await expect(model.ahead.encode(new Float32Array(5), 1)).rejects.toThrow('expected 1 × 6 values, got 5')
    await expect(model.ahead.decode(code, 1, AbortSignal.abort(new Error('went away')))).rejects.toThrow('went away')
    model.dispose()
    await expect(model.ahead.decode(code, 1)).rejects.toThrow('disposed of')
    await expect(model.ahead.encode(example, 1)).rejects.toThrow('disposed of')
  })

  it('leaves nothing in memory once its model was disposed of, also while that was loading', async () => {
    const { client, ahead } = listening()
    const { client: other, kinds } = listening()
    const before = memory().numTensors
    const model = await open(client)
    // The worker of a test computes in the same thread, and keeps the model.
    const size = memory().numTensors - before
    expect(size).toBeGreaterThan(0)
    await untilInPage(model, ahead)
    expect(memory().numTensors).toBe(before + 2 * size)
    model.dispose()
    expect(memory().numTensors).toBe(before + size)

    const leaving = await open(other)
    const asked = leaving.ahead.decode(code, 1)
    await vi.waitUntil(() => kinds().includes('parameters'))
    leaving.dispose()
    await expect(asked).rejects.toThrow('disposed of')
    expect(memory().numTensors).toBe(before + 2 * size)
    await expect(leaving.ahead.decode(code, 1)).rejects.toThrow('disposed of')
    expect(memory().numTensors).toBe(before + 2 * size)
  })
})

describe('tangents from the worker', () => {
  it('are orthonormal, and walked along to either side', async () => {
    const model = await open()
    const code = Float32Array.of(0.5, -0.5)
    const { count, images, directions } = await model.tangents(code, 8)
    expect(count).toBe(2)
    const inner = (a: number, b: number) =>
      images.subarray(6 * a, 6 * a + 6).reduce((sum, value, at) => sum + value * (images[6 * b + at] ?? 0), 0)
    expect([inner(0, 0), inner(1, 1), inner(0, 1)].map((value) => Math.abs(Math.round(1e5 * value)) / 1e5)).toEqual([1, 1, 0])
    const towards = images.slice(0, 6)
    const { codes, start } = await model.walk({ code, directions, towards, length: 0.01, steps: 2 })
    expect([start, codes.length]).toEqual([2, 10])
    const [from, to] = [await model.decode(code, 1), await model.decode(codes.slice(8), 1)]
    const moved = to.map((value, at) => value - (from[at] ?? 0))
    expect(moved.reduce((sum, value, at) => sum + value * (towards[at] ?? 0), 0)).toBeCloseTo(0.01, 3)
  })

  it('are no longer computed once nobody waits', async () => {
    const model = await open()
    const leaving = new AbortController()
    const asked = model.tangents(Float32Array.of(1, 2), 2, leaving.signal)
    leaving.abort(new Error('went away'))
    await expect(asked).rejects.toThrow('went away')
    await expect(model.tangents(Float32Array.of(1, 2), 2)).resolves.toMatchObject({ count: 2 })
  })
})

describe('principal directions from the worker', () => {
  it('are those of the package', async () => {
    const codes = Float32Array.from({ length: 60 }, (_, index) => Math.sin(index * index))
    const options = { size: 3, wanted: 2 }
    expect(await newClient().call('directions', { codes, ...options })).toEqual(principalDirections(codes, options))
  })
})
