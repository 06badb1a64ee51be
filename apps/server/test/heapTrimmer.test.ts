import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const MEGABYTE = 1024 ** 2
const trimmer = new URL('../dist/machine/HeapTrimmer.js', import.meta.url).href

/** In a process of its own: what other tests leave in this one would be collected along, or keep it from being idle. */
const program = `
import { setTimeout as sleep } from 'node:timers/promises'
import { HeapTrimmer } from ${JSON.stringify(trimmer)}
const used = []
const trimmer = new HeapTrimmer({ period: 200, onTrimmed: (each) => used.push(each) })
await sleep(1000)
const seen = new WeakRef(Array.from({ length: 100 }, () => new Float64Array(${MEGABYTE} / 8).fill(1)))
const last = performance.now() + 60_000
while (used.length === 0 && performance.now() < last) await sleep(50)
const times = used.length
// What is used afterwards is held: there is nothing to collect again.
await sleep(1000)
trimmer.close()
console.log(JSON.stringify({ used, times, isCollected: seen.deref() === undefined }))
`

it('what a burst leaves is collected once the process is idle', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  const { used, times, isCollected }: { used: { before: number; after: number }[]; times: number; isCollected: boolean } =
    JSON.parse(stdout)
  expect(times).toBeGreaterThan(0)
  expect(Math.max(...used.map(({ before, after }) => before - after))).toBeGreaterThan(60 * MEGABYTE)
  expect(isCollected).toBe(true)
  expect(used).toHaveLength(times)
})
