import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { root } from './harness/lab.mjs'

interface Day {
  readonly usage: readonly { readonly handles: number; readonly disk: number }[]
  readonly left: readonly string[]
}

/** `npm run bench -- day` lives all of it, and measures memory too. */
it('a lab that has trained, queued, stopped and deleted runs, and was followed and looked at, is what it was before', async () => {
  const live = `import { liveDay } from './test/bench/day.bench.mjs'
    process.stdout.write(JSON.stringify(await liveDay({ days: 0.01, parts: 2, settle: 500 })))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', live], { cwd: root })
  const { usage, left } = JSON.parse(stdout) as Day
  const [first, last] = usage
  expect(left).toEqual([])
  expect((last?.handles ?? 0) - (first?.handles ?? 0)).toBeLessThanOrEqual(10)
  expect(last?.disk).toBeLessThan(2 * (first?.disk ?? 0))
})
