import type { Ago } from '@hourglass/query'
import { DateTime, IANAZone } from 'luxon'
import { errorCodes, HourglassError } from '../../HourglassError.js'

/** A stretch of time in seconds since 1970, without its end. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** When a query is asked, and where its days begin. */
export interface Clock {
  readonly now: Date
  /** As the IANA names it. */
  readonly timeZone: string
}

/** Throws BAD_USER_INPUT where no time zone is called so. */
export function requireTimeZone(timeZone: string): string {
  if (IANAZone.isValidZone(timeZone)) return timeZone
  throw new HourglassError(
    errorCodes.badUserInput,
    `timeZone: expected the name of a time zone such as Europe/Zurich, got ${JSON.stringify(timeZone.slice(0, 80))}.`,
  )
}

/** The stretch that a moment names: a day from midnight to midnight where the clock hangs, or the minute or second of a time. */
export function spanOfMoment(text: string, { timeZone }: Clock): TimeSpan {
  const start = DateTime.fromISO(text, { zone: timeZone })
  const parts = text.split('T')[1]
  const length = parts === undefined ? { days: 1 } : /^\d{2}:\d{2}:\d{2}/.test(parts) ? { seconds: 1 } : { minutes: 1 }
  return { from: start.toSeconds(), to: start.plus(length).toSeconds() }
}

const secondsOf = { MINUTE: 60, HOUR: 3_600, DAY: 86_400, WEEK: 604_800 } as const

/** The moment so long ago, and as much behind it as its unit is long. */
export function spanOfAgo({ amount, unit }: Ago, { now }: Clock): TimeSpan {
  const from = now.getTime() / 1000 - amount * secondsOf[unit]
  return { from, to: from + secondsOf[unit] }
}
