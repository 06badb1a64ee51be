import { setTimeout as sleep } from 'node:timers/promises'

/** How long a pause is at least and at most, in milliseconds. */
const SHORTEST = 20
const LONGEST = 250

/**
 * Waits before something is looked at again, the longer the longer it is waited for: looking takes processor time from what is waited for.
 * @param {number} began when the waiting began, as `performance.now()` gives it
 */
export function pauseAfter(began) {
  return sleep(Math.min(LONGEST, Math.max(SHORTEST, (performance.now() - began) / 8)))
}
