import { readdirSync, readFileSync } from 'node:fs'
import { isRunning } from '../harness/isRunning.mjs'
import { untilGone } from '../harness/processes.js'

/** Ends a process and all that it started, directly or not, at once, as a machine that loses its power does. */
export async function killTree(pid: number): Promise<void> {
  const pids = [pid, ...descendantsOf(pid)]
  for (const each of pids) if (isRunning(each)) process.kill(each, 'SIGKILL')
  await untilGone(...pids)
}

function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, after = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(/\) (?=\S )/)
      parents.set(Number(name), Number(after.split(' ')[1]))
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [pid]
  // An array that grows while it is walked is walked to its end.
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child)
  return found.slice(1)
}
