import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** Connections of which no further request is parsed. */
const cut = new WeakSet<Socket>()

/** Has no further request of a connection parsed whose requests are {@link BoundedRequest}s: the next one arrives as one that asks for another protocol, and the rest as what came behind it. */
export function stopParsing(socket: Socket): void {
  cut.add(socket)
}

/**
 * A request of a server that bounds how far clients send ahead, for `IncomingMessage` of `createServer`. Node parses all that it has read at once, 64 kB with a thousand
 * small requests, though the connection is destroyed by the first: the only thing that stops it is a request that leaves HTTP, and `upgrade` is where it asks for that. The server has to
 * listen to `upgrade` and pass that to {@link Connections.upgrade}: Node destroys the connection otherwise, since 22.
 */
export class BoundedRequest extends IncomingMessage {
  // Not initialized here, after what Node has set.
  declare isUpgrade: boolean | null

  get upgrade(): boolean | null {
    return cut.has(this.socket) || this.isUpgrade
  }

  set upgrade(asked: boolean | null) {
    this.isUpgrade = asked
  }
}
