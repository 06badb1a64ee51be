import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelReply } from '@hourglass/autoencoders/calls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelThread, type ModelThreadOptions } from '../../worker/src/models/ModelThread.js'

/** A thread that answers with the id of a call, but for those of path `endless`, which it computes for ever, and `fails`. */
const script = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', (call) => {
  if (call.type === 'cancel') return
  parentPort.postMessage({ type: 'works', id: call.id })
  if (call.path === 'fails') throw new Error('out of memory')
  while (call.path === 'endless');
  parentPort.postMessage({ type: 'encoded', id: call.id, name: call.path })
  parentPort.postMessage({ type: 'rests' })
})`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-thread-'))
  await writeFile(join(folder, 'thread.mjs'), script)
})
afterAll(() => rm(folder, { recursive: true }))

function open(options: Partial<ModelThreadOptions> = {}) {
  const replies: ModelReply[] = []
  const failures: unknown[] = []
  const thread = new ModelThread({
    path: join(folder, 'thread.mjs'),
    megabytes: 64,
    reply: (reply) => void replies.push(reply),
    onFailure: (error) => void failures.push(error),
    patience: 100,
    ...options,
  })
  const take = (id: number, path: string) =>
    thread.take({ type: 'places', id, client: { network: 'a', key: 'a' }, path, projection: { kind: 'units', across: 0, up: null } })
  return { thread, take, failures, ids: () => replies.map(({ id }) => id) }
}

describe('a thread for what takes long', () => {
  it('ends with what nobody waits for, and another answers the rest, once each', async () => {
    const { thread, take, failures, ids } = open()
    take(1, 'quick')
    await expect.poll(ids).toEqual([1])
    take(2, 'endless')
    take(3, 'quick')
    take(4, 'quick')
    // It has begun the second.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(ids()).toEqual([1])
    thread.cancel(4)
    thread.cancel(2)
    await expect.poll(ids).toEqual([1, 3])
    take(5, 'quick')
    await expect.poll(ids).toEqual([1, 3, 5])
    expect(failures).toEqual([])
  })

  it('is left alone where it rests, or works for somebody else', async () => {
    const { thread, take, ids } = open({ patience: 1 })
    take(1, 'quick')
    await expect.poll(ids).toEqual([1])
    thread.cancel(1)
    take(2, 'quick')
    thread.cancel(3)
    await expect.poll(ids).toEqual([1, 2])
  })

  it('is told of where a turn goes on for ever, or it fails', async () => {
    const endless = open({ longestTurn: 200 })
    endless.take(1, 'endless')
    await expect
      .poll(() => endless.failures.map(String))
      .toEqual(['Error: Expected a turn of call 1 to take less than 0.2 s, got one that goes on.'])
    endless.thread.cancel(1)
    const failing = open()
    failing.take(2, 'fails')
    await expect.poll(() => failing.failures.map(String)).toEqual(['Error: out of memory'])
  })
})
