import { pino } from 'pino'

/** Writes one line of JSON an event to standard output. */
export const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })

export type Log = typeof log
