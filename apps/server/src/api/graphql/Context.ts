import { randomUUID } from 'node:crypto'
import type { Lab } from '../../Lab.js'
import { createLoaders, type Loaders } from './loaders.js'

/** Whoever asks. There are no accounts yet; every resolver already receives this. */
export interface Viewer {
  readonly name: string
}

export interface Context {
  readonly viewer: Viewer
  readonly requestId: string
  readonly lab: Lab
  readonly loaders: Loaders
}

/** Creates what the resolvers of one operation share. */
export function createContext(lab: Lab, requestId: string = randomUUID()): Context {
  return { viewer: { name: 'everyone' }, requestId, lab, loaders: createLoaders(lab) }
}
