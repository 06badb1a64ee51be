import { describe, expect, it, vi } from 'vitest'
import { connectModels, type ModelConnection, type ModelListener } from '../src/entities/model/connectModels'
import { ModelClient } from '../src/entities/model/ModelClient'
import { type ModelRequest, readReply, readRequest } from '../src/entities/model/modelProtocol'
import { clients, closesClients, example, newClient, open } from './latentModels'

closesClients()

describe('a worker that ends', () => {
  it('rejects who waits, says why, and is started again by the next call', async () => {
    const listeners: ModelListener[] = []
    const client = newClient((listener) => {
      listeners.push(listener)
      return connectModels(listener)
    })
    const model = await open(client)
    const asked = model.decode(Float32Array.of(1, 2), 1)
    listeners[0]?.onLost('out of memory')
    await expect(asked).rejects.toThrow('model worker: expected an answer, got out of memory. It is started again when it is needed next.')
    await expect(model.decode(Float32Array.of(1, 2), 1)).resolves.toHaveLength(6)
    expect(listeners).toHaveLength(2)
    // What the first still says concerns nobody.
    listeners[0]?.onLost('once more')
    await expect(model.decode(Float32Array.of(1, 2), 1)).resolves.toHaveLength(6)
    expect(listeners).toHaveLength(2)
  })

  it('rejects who waits once nothing is heard of it, and is started again by the next call', async () => {
    let started = 0
    // Loading it takes longer than this test waits.
    await import('../src/entities/model/serveModels')
    let isClosed = false
    const connect = (listener: ModelListener): ModelConnection => {
      const connection = connectModels(listener)
      if (started++ > 0) return connection
      // The first is open for a while, and then answers nothing, not even that it is there.
      return { ...connection, send: (request, transfer) => (isClosed ? undefined : connection.send(request, transfer)) }
    }
    const client = new ModelClient(connect, { intervalMilliseconds: 50, mostUnanswered: 4 })
    clients.push(client)
    const model = await open(client)
    isClosed = true
    const asked = [model.decode(Float32Array.of(1, 2), 1), model.encode(example, 1)]
    for (const call of asked) await expect(call).rejects.toThrow('model worker: expected an answer, got nothing for 0.2 seconds.')
    await expect(model.decode(Float32Array.of(1, 2), 1)).resolves.toHaveLength(6)
    expect(started).toBe(2)
  })

  it('is not taken for one while it answers pings, however long a call takes, and is left alone while nobody waits', async () => {
    vi.useFakeTimers()
    try {
      const sent: ModelRequest[] = []
      const client = newClient(({ onReply }) => ({
        send: (request) => {
          sent.push(request)
          if (request.type === 'ping') onReply({ type: 'pong', id: request.id })
        },
        end: () => undefined,
      }))
      const leaving = new AbortController()
      const asked = client.call('directions', { codes: example, size: 3, wanted: 1 }, { signal: leaving.signal })
      const gone = expect(asked).rejects.toThrow('went away')
      await vi.advanceTimersByTimeAsync(600_000)
      expect(sent.filter(({ type }) => type === 'ping').length).toBeGreaterThan(10)
      leaving.abort(new Error('went away'))
      await gone
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('rejects who asks where none can be started', async () => {
    const client = newClient(() => {
      throw new Error('no workers here')
    })
    await expect(client.call('directions', { codes: example, size: 3, wanted: 1 })).rejects.toThrow(
      'model worker: expected it to start, got none',
    )
  })
})

describe('the worker’s messages', () => {
  it('are refused at both ends where they are none', () => {
    expect(() => readRequest({ type: 'call', id: 1, kind: 'erase', call: {} })).toThrow(
      'expected a request, got an object with type, id, kind, call',
    )
    expect(() => readRequest({ type: 'call', id: 1, kind: 'directions', call: { codes: [1], size: 1, wanted: 1 } })).toThrow(
      'expected a request',
    )
    expect(() => readReply('done')).toThrow('expected a reply, got done')
  })
})
