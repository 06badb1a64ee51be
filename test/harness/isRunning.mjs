import { readFileSync } from 'node:fs'

/** @param {number} pid */
export function isRunning(pid) {
  try {
    // A process that has ended and that nobody has asked about is kept as a zombie.
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
