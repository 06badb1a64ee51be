import type { Request, RequestHandler } from 'express'
import type { ClientGate } from '../../clients/ClientGate.js'
import { clientOf, onAnswered, refuse } from './admitRequests.js'
import { endOnceAnswered } from './boundBodies.js'

/** What every request may bring uncounted, in bytes: as much of it is read ahead in any case, and there are only so many connections. */
const SMALL_BYTES = 64 * 1024

/**
 * Counts the bytes of bodies until their answers are made: as many as a request says to bring before any is read, as they come where it does not say, and
 * `largest` where they are compressed. A client, its network, or all together that have too many under way are told when to come back.
 *
 * @param largest Bytes of the largest body.
 */
export function boundInput(gate: ClientGate, largest: number): RequestHandler {
  return (request, response, next) => {
    const client = clientOf(response)
    const holds: (() => void)[] = []
    const release = () => {
      for (const give of holds.splice(0)) give()
    }
    /** Tells whether so many more may come; where they may not, that is answered. */
    const mayBring = (bytes: number) => {
      try {
        holds.push(gate.hold(client, 'inputBytes', bytes))
        return true
      } catch (error) {
        refuse(response, error)
        return false
      }
    }
    onAnswered(response, release)
    response.once('close', release)
    const said = saidBytes(request, largest)
    if (said !== undefined) {
      if (said <= SMALL_BYTES || mayBring(said)) next()
      return
    }
    let uncounted = 0
    const count = (chunk: Buffer) => {
      uncounted += chunk.length
      if (uncounted <= SMALL_BYTES) return
      const isHeld = mayBring(uncounted)
      uncounted = 0
      if (isHeld) return
      request.off('data', count)
      endOnceAnswered(request, response)
    }
    request.on('data', count)
    // Reads it too, before anything more comes.
    next()
  }
}

/** How many bytes a request says to bring at most; undefined where it does not say. */
function saidBytes({ headers }: Request, largest: number): number | undefined {
  const { 'content-length': length, 'content-encoding': encoding, 'transfer-encoding': transfer } = headers
  if (encoding !== undefined && encoding !== 'identity') return largest
  return length === undefined && transfer !== undefined ? undefined : Number(length ?? 0)
}
