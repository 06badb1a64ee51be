/** What one client may have, and so many times as much all clients at one address together. */
export interface ClientLimits {
  /** Requests over HTTP and operations over a socket, in a minute. */
  readonly requests: number
  /** Bytes of answers, in a minute. */
  readonly bytes: number
  /** Seconds that its operations take, in a minute: those that run side by side count each. */
  readonly workSeconds: number
  /** Sockets at a time; every open page of the dashboard has one. */
  readonly sockets: number
  /** Subscriptions at a time, over all its sockets. */
  readonly subscriptions: number
  /** Archives at a time that are sent to it or come from it. */
  readonly transfers: number
  /** Runs that wait to be trained. */
  readonly queuedRuns: number
}

/** A page that shows hundreds of runs asks for as many pictures at once; somebody who opens many of them stays far below this. */
export const clientLimits: ClientLimits = {
  requests: 6_000,
  bytes: 2 * 1024 ** 3,
  workSeconds: 120,
  sockets: 100,
  subscriptions: 1_000,
  transfers: 3,
  queuedRuns: 2_000,
}

/** A classroom shares one address. */
export const CLIENTS_AT_AN_ADDRESS = 40

/** What is refused is named by these words. */
export const limitNames: Readonly<Record<keyof ClientLimits, string>> = {
  requests: 'requests',
  bytes: 'bytes of answers',
  workSeconds: 'seconds of work',
  sockets: 'open sockets',
  subscriptions: 'open subscriptions',
  transfers: 'archives at a time',
  queuedRuns: 'runs in the queue',
}
