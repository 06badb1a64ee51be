import { webAssembly } from '@hourglass/wasm'
import { describe, expect, it } from 'vitest'
import { NodeThread } from '../../src/halves/thread/NodeThread.js'

const nothing = () => undefined
const memory = () => new webAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })

describe('the second thread', () => {
  it('is one for all who want it, and ends with the last of them', async () => {
    const [first, second] = await Promise.all([NodeThread.acquire(), NodeThread.acquire()])
    expect(second).toBe(first)
    await first.release()
    await second.release()
    const next = await NodeThread.acquire()
    expect(next).not.toBe(first)
    await next.release()
  })

  it('says that it cannot do what is no module, and goes on', async () => {
    const thread = await NodeThread.acquire()
    expect(() => thread.add({ memory: memory(), update: Uint8Array.of(1, 2, 3) })).toThrow('the second thread could not do its part')
    await thread.release()
  })

  it('has every part done once, and whoever does the second, none is updated where a half fails', async () => {
    const thread = await NodeThread.acquire()
    const done: string[] = []
    const note = (part: string) => () => void done.push(part)
    const failing = () => {
      throw new Error('first')
    }
    // It knows no such job, so that whatever it takes is a fault.
    const parts = {
      computeFirst: failing,
      computeSecond: nothing,
      computeRest: note('rest'),
      updateFirst: note('update'),
      updateSecond: note('update'),
    }
    for (let round = 0; round < 20; round++) expect(() => thread.run(99, { ...parts, check: nothing })).toThrow()
    expect(done).toEqual([])
    await thread.release()
  })
})
