import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { isRunning } from './isRunning.mjs'

/** Reads from a lab's log which processes have said that they listen; the newest is the last. */
export function pidsOf(data: string, what: 'listening' | 'dashboard listening'): number[] {
  const lines = readFileSync(join(data, 'server.log'), 'utf8').split('\n')
  const entries = lines.flatMap((line) =>
    line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line) as { msg: string; pid: number }] : [],
  )
  return entries.filter(({ msg }) => msg === what).map(({ pid }) => pid)
}

/** The process of the API or of the dashboard that runs now. */
export function pidOf(data: string, what: 'listening' | 'dashboard listening'): number {
  const pid = pidsOf(data, what).at(-1)
  if (pid === undefined) throw new Error(`expected a line "${what}" in the log, got none`)
  return pid
}

/** Waits until none of the processes runs. */
export async function untilGone(...pids: number[]): Promise<void> {
  await expect.poll(() => pids.filter(isRunning)).toEqual([])
}
