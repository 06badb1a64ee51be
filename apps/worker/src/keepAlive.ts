import type { Alive } from '@hourglass/protocol'

/** How often whoever started this process hears that it answers, in milliseconds. */
const HEARTBEAT = 1000

/** Says from now on that this process answers, by a timer of the event loop, which computations leave free between two steps. */
export function keepAlive(channel: { readonly report: (report: Alive) => Promise<void> }): void {
  setInterval(() => {
    const { user, system } = process.cpuUsage()
    const alive: Alive = { type: 'alive', memoryBytes: process.memoryUsage.rss(), processorSeconds: (user + system) / 1e6 }
    channel.report(alive).catch(() => undefined)
  }, HEARTBEAT).unref()
}
