/** What one client may have. */
export interface ClientLimits {
  /** Requests over HTTP and operations over a socket, in a minute. */
  readonly requests: number
  /** Messages over sockets, in a minute; an operation takes two. */
  readonly messages: number
  /** Bytes of answers, in a minute. */
  readonly bytes: number
  /** Seconds that its operations keep the process at work, in a minute: less than that has, so that some are left for others. */
  readonly workSeconds: number
  /** Sockets at a time; every open page of the dashboard has one. */
  readonly sockets: number
  /** Subscriptions at a time, over all its sockets. */
  readonly subscriptions: number
  /** Different documents that its subscriptions were asked for with; the dashboard has fewer than twenty. */
  readonly documents: number
  /** Archives at a time that are sent to it or come from it. */
  readonly transfers: number
  /** Calls of trained models that wait for their answers at a time. */
  readonly modelCalls: number
  /** Bytes of bodies and of messages that were sent and whose answers are not made, or that are followed. */
  readonly inputBytes: number
  /** Runs that wait to be trained. */
  readonly queuedRuns: number
}

/** What is counted in a minute. */
export type Rate = 'requests' | 'messages' | 'bytes' | 'workSeconds'
/** What is counted as long as it is open. */
export type Held = 'sockets' | 'subscriptions' | 'documents' | 'transfers' | 'modelCalls' | 'inputBytes'

/** A page that shows hundreds of runs asks for as many pictures at once; somebody who opens many of them stays far below this. */
export const clientLimits: ClientLimits = {
  requests: 6_000,
  messages: 20_000,
  bytes: 2 * 1024 ** 3,
  workSeconds: 50,
  sockets: 100,
  subscriptions: 1_000,
  documents: 50,
  transfers: 3,
  modelCalls: 64,
  inputBytes: 32 * 1024 ** 2,
  queuedRuns: 2_000,
}

/** A classroom shares one address: so many times as much of what is open or queued all clients of one network may have together. */
export const CLIENTS_OF_A_NETWORK = 40

/** The same of what is counted in a minute: of forty people, few do in one minute all that one may. */
export const BUSY_CLIENTS_OF_A_NETWORK = 10

/** What all clients may have open together. */
export const labLimits: Readonly<Record<Held, number>> = {
  sockets: 2_000,
  subscriptions: 40_000,
  documents: 500,
  transfers: 16,
  modelCalls: 512,
  inputBytes: 256 * 1024 ** 2,
}

/** What more of is given to all where a setting gives each client more; archives have a process of their own each, all calls of models share one, and memory stays as large as it is. */
export const raisedForAll: readonly Held[] = ['sockets', 'subscriptions']

/** When it is worth while to ask again for what is open for a while, in seconds. */
export const heldRetrySeconds: Readonly<Record<Held, number>> = {
  sockets: 10,
  subscriptions: 10,
  documents: 10,
  transfers: 30,
  modelCalls: 5,
  inputBytes: 5,
}

/** What is refused is named by these words. */
export const limitNames: Readonly<Record<keyof ClientLimits, string>> = {
  requests: 'requests',
  messages: 'messages',
  bytes: 'bytes of answers',
  workSeconds: 'seconds of work',
  sockets: 'open sockets',
  subscriptions: 'open subscriptions',
  documents: 'different documents of open subscriptions',
  transfers: 'archives at a time',
  modelCalls: 'calls of models that wait',
  inputBytes: 'bytes of requests that wait',
  queuedRuns: 'runs in the queue',
}
