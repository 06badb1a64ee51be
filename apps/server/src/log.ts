import { pino } from 'pino'

/** What a line never shows, wherever it stands in what is logged: headers and settings that let somebody in. */
const secrets = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'apiKey']
const paths = secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])

/** Writes one line of JSON an event to standard output. Of an address it shows the path alone: what follows may be a query with anything in it. */
export const log = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths, censor: '[hidden]' },
  serializers: { url: (url: unknown) => (typeof url === 'string' ? url.split('?', 1)[0] : url) },
})

export type Log = typeof log
