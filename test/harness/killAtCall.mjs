/**
 * Preloaded with `--import`: kills the process, as a power cut does, before its nth change to a folder: HOURGLASS_TEST_KILL_AT says n, HOURGLASS_TEST_KILL_IN the
 * folder.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { sep } from 'node:path'

const at = Number(process.env.HOURGLASS_TEST_KILL_AT)
const folder = `${process.env.HOURGLASS_TEST_KILL_IN}${sep}`
let count = 0

/** @type {Record<string, (...args: unknown[]) => unknown>} */
const calls = /** @type {any} */ (fs.promises)
for (const name of ['rename', 'rm', 'rmdir', 'mkdir', 'cp', 'writeFile']) {
  const original = calls[name]
  calls[name] = (...args) => {
    if (args.some((arg) => typeof arg === 'string' && arg.startsWith(folder)) && ++count === at) process.kill(process.pid, 'SIGKILL')
    return original?.(...args)
  }
}
syncBuiltinESMExports()
