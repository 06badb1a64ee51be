import type { RequestHandler, Response } from 'express'
import type { ClientGate } from '../../clients/ClientGate.js'
import { clientOf, noteRefusal, refuse } from './admitRequests.js'
import { LEAST_BYTES_A_SECOND } from './boundArrival.js'

/**
 * Counts what takes as long as a line is slow apart from operations, which have turns: each client may have a few such transfers, and one that hardly moves
 * for `silence` seconds is ended, however long it takes in all.
 */
export function boundTransfers(gate: ClientGate, silence: number): RequestHandler {
  return (request, response, next) => {
    try {
      response.on('close', gate.hold(clientOf(response), 'transfers'))
    } catch (error) {
      return refuse(response, error)
    }
    const { socket } = request
    const movedBytes = () => (request.complete ? sentBytes(response) : socket.bytesRead)
    let before = movedBytes()
    const timer = setInterval(() => {
      const moved = movedBytes()
      if (moved !== null && before !== null && moved - before < LEAST_BYTES_A_SECOND * silence) {
        noteRefusal(response, { code: 'TRANSFER_TOO_SLOW' })
        socket.destroy()
      }
      before = moved
    }, silence * 1000).unref()
    // Proxies end what they hear nothing of, and what arrived may take long to be taken in.
    const working = setInterval(() => {
      if (request.complete && !response.headersSent && request.httpVersion === '1.1') response.writeProcessing()
    }, silence * 500).unref()
    response.on('close', () => {
      clearInterval(timer)
      clearInterval(working)
    })
    next()
  }
}

/** Null while nothing is to be sent: what is packed or taken in may take its time. */
function sentBytes(response: Response): number | null {
  return response.headersSent && !response.writableEnded ? (response.socket?.bytesWritten ?? null) : null
}
