import type { IncomingMessage } from 'node:http'

/** Headers by which a request asks for another protocol. */
const asking = new Set(['upgrade', 'http2-settings'])

/** Tells whether a request asks for a WebSocket, and for nothing else. */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.trim().toLowerCase() === 'websocket'
}

/** Writes the head of a request again without what asks for another protocol, which a server may ignore (RFC 9110, 7.8). */
export function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const [name = '', value = ''] = rawHeaders.slice(place, place + 2)
    const known = name.toLowerCase()
    if (asking.has(known)) continue
    const left = known === 'connection' ? withoutOptions(value) : value
    if (left !== '' || known !== 'connection') lines.push(`${name}: ${left}`)
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

function withoutOptions(value: string): string {
  const options = value.split(',').map((option) => option.trim())
  return options.filter((option) => option !== '' && !asking.has(option.toLowerCase())).join(', ')
}
