import type { LatentModel, LeadingTangents, Walk, WalkOptions } from '@hourglass/autoencoders/latent'
import { type ModelClient, modelClient } from './ModelClient'
import type { LatentModelSource } from './modelProtocol'
import { PageModel } from './PageModel'

/** A trained autoencoder that this browser computes with, off the thread that draws unless a small one is moved by hand. */
export interface BrowserModel extends LatentModel {
  /** Address of the checkpoint it was opened from. */
  readonly url: string
  /** Computes in the page where that is cheap, and else before what waits its turn: for single examples that somebody moves by hand. */
  readonly ahead: LatentModel
  /** Finds the directions in which the decoder moves an example most at a code, at most as many as are wanted. */
  readonly tangents: (code: Float32Array, wanted: number, signal?: AbortSignal) => Promise<LeadingTangents>
  /** Walks along the decoder’s surface from a code, both ways. */
  readonly walk: (options: Omit<WalkOptions, 'pause'>, signal?: AbortSignal) => Promise<Walk>
  /** Rejects what was asked and not yet answered, and whatever is asked from now on. */
  dispose(): void
}

/** Opens a checkpoint. Rejects where it does not arrive, or is none of this architecture. */
export async function openLatentModel(
  { architecture, exampleShape, url }: LatentModelSource,
  signal: AbortSignal,
  client: ModelClient = modelClient,
): Promise<BrowserModel> {
  // A worker has an address of its own.
  const source = { architecture, exampleShape, url: new URL(url, globalThis.location?.href).href }
  await client.call('open', { source }, { signal })
  const closing = new AbortController()
  const orClosing = (signal?: AbortSignal) => (signal ? AbortSignal.any([signal, closing.signal]) : closing.signal)
  const ask =
    (direction: 'decode' | 'encode', isAhead: boolean): LatentModel['decode'] =>
    (given, count, signal) => {
      const values = given.slice()
      return client.call(direction, { source, values, count, isAhead }, { signal: orClosing(signal), transfer: [values.buffer] })
    }
  const page = new PageModel(source, () => client.call('parameters', { source }, { signal: closing.signal }))
  const askAhead = (direction: 'decode' | 'encode'): LatentModel['decode'] => {
    const askWorker = ask(direction, true)
    return async (given, count, signal) => {
      const here = page.readyFor(count)
      if (here === null) return askWorker(given, count, signal)
      signal?.throwIfAborted()
      return here[direction](given, count)
    }
  }
  return {
    url,
    decode: ask('decode', false),
    encode: ask('encode', false),
    ahead: { decode: askAhead('decode'), encode: askAhead('encode') },
    tangents: (code, wanted, signal) => client.call('tangents', { source, code, wanted }, { signal: orClosing(signal) }),
    walk: (options, signal) => client.call('walk', { source, ...options }, { signal: orClosing(signal) }),
    dispose: () => {
      closing.abort(new DOMException(`model ${url}: expected an open one, got one that was disposed of`, 'AbortError'))
      page.dispose()
    },
  }
}
