import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Ticks of the clock by which Linux counts processor time, in a second. */
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** Reads what a process has used so far, from /proc: milliseconds of processor time, and the megabytes that it holds. */
export function processUsage(pid) {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /)
  const fields = after.split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { milliseconds: (ticks * 1000) / ticksPerSecond, megabytes: Number(kilobytes) / 1024 }
}
