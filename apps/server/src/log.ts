import { pino } from 'pino'

/** What a line never shows, wherever it stands in what is logged: headers and settings that let somebody in. */
const secrets = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'apiKey']
const paths = secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])

/**
 * Writes at once. A destination that writes later tries again for ever, as the process exits, to bring out what nobody reads any more
 * (EPIPE); one that writes at once gives up, and so does this on a disk that takes no more.
 */
const destination = pino.destination({ fd: 1, sync: true })
destination.on('error', () => undefined)

/** Whoever sends long paths would soon push everything else out of the log. */
const MOST_OF_PATH = 300
/** Likewise of what an error says, and of where it happened. */
const MOST_OF_ERROR = 4_000

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  return Object.fromEntries(
    Object.entries(pino.stdSerializers.err(error)).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > MOST_OF_ERROR ? `${value.slice(0, MOST_OF_ERROR)} …` : value,
    ]),
  )
}

/** Writes one line of JSON an event to standard output. Of an address it shows the path alone: what follows may be a query with anything in it. */
export const log = pino(
  {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[hidden]' },
    serializers: {
      err: describe,
      url: (url: unknown) => (typeof url === 'string' ? url.split('?', 1)[0]?.slice(0, MOST_OF_PATH) : url),
    },
  },
  destination,
)

export type Log = typeof log
