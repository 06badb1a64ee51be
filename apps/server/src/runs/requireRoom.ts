import { CLIENTS_OF_A_NETWORK, limitNames } from '../clients/clientLimits.js'
import { networkOf } from '../clients/Launchers.js'
import type { Transaction } from '../database/Database.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

export interface QueuedRuns {
  /** Who launched them; the lab's own runs have no limit. */
  readonly client: string
  /** How many more are to be queued. */
  readonly added: number
  /** How many of one client may be. */
  readonly limit: number
}

/** A run that ends makes room. */
const RETRY_SECONDS = 60

/** Throws TOO_MANY_REQUESTS where a client, or all clients of its network, would have more runs in the queue than they may. */
export async function requireRoom({ run }: Transaction, { client, added, limit }: QueuedRuns): Promise<void> {
  if (client === '') return
  const queued = await run.count({ where: { status: 'QUEUED', client } })
  const near = await run.count({ where: { status: 'QUEUED', client: { startsWith: networkOf(client) } } })
  if (queued + added <= limit && near + added <= limit * CLIENTS_OF_A_NETWORK) return
  throw new HourglassError(
    errorCodes.tooManyRequests,
    `Expected at most ${limit.toLocaleString('en')} ${limitNames.queuedRuns} of one client, got ${(queued + added).toLocaleString('en')}: ${queued.toLocaleString('en')} that wait, and ${added.toLocaleString('en')} more. Stop some, or try again once some have been trained.`,
    { limit: 'queuedRuns', retryAfterSeconds: RETRY_SECONDS },
  )
}
