import type { Alive } from '@hourglass/protocol'

/** How often whoever started this process hears that it answers, in milliseconds. */
const HEARTBEAT = 1000

/** Says from now on that this process answers, by a timer of the event loop, which computations leave free between two steps. */
export function keepAlive(channel: { readonly report: (report: Alive) => Promise<void> }): void {
  setInterval(() => {
    channel.report({ type: 'alive', memoryBytes: process.memoryUsage.rss() }).catch(() => undefined)
  }, HEARTBEAT).unref()
}
