import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { HeapTrimmer } from '../src/machine/HeapTrimmer.js'

const MEGABYTE = 1024 ** 2

/** Allocates objects that take so much, and returns them. */
const allocate = (megabytes: number) => Array.from({ length: megabytes }, () => new Float64Array(MEGABYTE / 8).fill(1))

it('what a burst leaves is collected once the process is idle', async () => {
  const used: { readonly before: number; readonly after: number }[] = []
  const trimmer = new HeapTrimmer({ period: 200, onTrimmed: (each) => used.push(each) })
  try {
    await sleep(1000)
    const seen = new WeakRef(allocate(100))
    expect(seen.deref()).toBeDefined()
    await expect.poll(() => used.length, { timeout: 60_000 }).toBeGreaterThan(0)
    expect(Math.max(...used.map(({ before, after }) => before - after))).toBeGreaterThan(60 * MEGABYTE)
    expect(seen.deref()).toBeUndefined()
    // What is used afterwards is held: there is nothing to collect again.
    const times = used.length
    await sleep(1000)
    expect(used.length).toBe(times)
  } finally {
    trimmer.close()
  }
})
