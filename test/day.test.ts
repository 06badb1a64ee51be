import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { root } from './harness/lab.mjs'

interface Day {
  readonly usage: readonly { readonly handles: number; readonly disk: number; readonly heap: number }[]
  readonly left: readonly string[]
}

/** What two of three so short parts of a day may leave in memory once garbage is collected, in MB: some 30 kB for each of their operations. */
const MOST_LEFT = 4

/** `npm run bench -- day` lives all of it, and measures what the system sees of its memory too. */
it('a lab that has trained, queued, stopped and deleted runs, and was followed and looked at, is what it was before', async () => {
  const live = `import { liveDay } from './test/bench/day.bench.mjs'
    process.stdout.write(JSON.stringify(await liveDay({ days: 0.03, parts: 3, settle: 500 })))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', live], { cwd: root })
  const { usage, left } = JSON.parse(stdout) as Day
  const [first, last] = [usage[0], usage.at(-1)]
  expect(left).toEqual([])
  expect((last?.handles ?? 0) - (first?.handles ?? 0)).toBeLessThanOrEqual(10)
  expect((last?.heap ?? Number.POSITIVE_INFINITY) - (first?.heap ?? 0)).toBeLessThan(MOST_LEFT)
  expect(last?.disk).toBeLessThan(2 * (first?.disk ?? 0))
})
