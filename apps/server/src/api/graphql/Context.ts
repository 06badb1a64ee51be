import { randomUUID } from 'node:crypto'
import type { Client } from '../../clients/Client.js'
import { Work } from '../../clients/Work.js'
import type { Lab } from '../../Lab.js'
import { createLoaders, type Loaders } from './loaders.js'
import { SeriesBudget } from './SeriesBudget.js'

/** Whoever asks. There are no accounts yet; every resolver already receives this. */
export interface Viewer {
  readonly name: string
}

export interface Context {
  readonly viewer: Viewer
  readonly client: Client
  readonly requestId: string
  /** Its recorders wait for the store no longer than somebody who asked does. */
  readonly lab: Lab
  readonly loaders: Loaders
  /** Aborted when the client leaves, or the operation's time is over. */
  readonly signal: AbortSignal
  /** Where heavy parts of the operation wait for each other. */
  readonly work: Work
  /** What its series may have together. */
  readonly series: SeriesBudget
}

/** How long a mutation waits for the store, in milliseconds: somebody looks at it. */
const MUTATION_PATIENCE = 8_000

export interface ContextOptions {
  readonly client?: Client
  readonly requestId?: string
  readonly signal?: AbortSignal
}

/** Creates what the resolvers of one operation share; without options, of one that the lab itself asks for. */
export function createContext(lab: Lab, options: ContextOptions = {}): Context {
  const { client = ownClient, requestId = randomUUID(), signal = new AbortController().signal } = options
  const recorder = lab.recorder.within({ milliseconds: MUTATION_PATIENCE, signal, isAwaited: true })
  const own: Lab = { ...lab, recorder, experimentRecorder: lab.experimentRecorder.with(recorder) }
  return {
    viewer: { name: 'everyone' },
    client,
    requestId,
    lab: own,
    loaders: createLoaders(lab),
    signal,
    work: new Work(signal),
    series: new SeriesBudget(),
  }
}

const ownClient: Client = { address: '127.0.0.1', network: '127.0.0.1', browser: null, key: '127.0.0.1' }
