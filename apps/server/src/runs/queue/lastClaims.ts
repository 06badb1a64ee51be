import { NETWORK_LENGTH, networkOf } from '../../clients/Launchers.js'
import type { Transaction } from '../../database/Database.js'
import { Prisma } from '../../generated/prisma/client.js'

/** When runs were last given to a worker, of each client and of each network: the `seq` of the event that told of it. */
export interface LastClaims {
  readonly ofClients: Map<string, number>
  readonly ofNetworks: Map<string, number>
}

/**
 * SQL of the last claim of what the column `network` names. A range of names finds them by the index of clients: they are written in letters, digits, `-` and
 * `_`, all of which come before `~`. The lab's own runs have no name.
 */
export const lastClaimOfNetwork = Prisma.sql`(
  SELECT MAX(claimedSeq) FROM Run
  WHERE Run.client >= network AND Run.client < CASE network WHEN '' THEN char(1) ELSE network || '~' END
)`

/** Reads the last claims of some clients and of their networks. */
export async function readLastClaims(read: Pick<Transaction, '$queryRaw'>, clients: readonly string[]): Promise<LastClaims> {
  const names = JSON.stringify([...new Set(clients)])
  const rows = await read.$queryRaw<{ client: string; ofClient: bigint | null; ofNetwork: bigint | null }[]>`
    WITH
      clients AS (SELECT value AS client, substr(value, 1, ${NETWORK_LENGTH}) AS network FROM json_each(${names})),
      networks AS (SELECT network, ${lastClaimOfNetwork} AS claimed FROM (SELECT DISTINCT network FROM clients))
    SELECT client, (SELECT MAX(claimedSeq) FROM Run WHERE Run.client = clients.client) AS ofClient, claimed AS ofNetwork
    FROM clients JOIN networks USING (network)`
  return {
    ofClients: new Map(rows.map(({ client, ofClient }) => [client, Number(ofClient ?? 0)])),
    ofNetworks: new Map(rows.map(({ client, ofNetwork }) => [networkOf(client), Number(ofNetwork ?? 0)])),
  }
}
