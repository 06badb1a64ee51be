import { decodeSafetensors, type Model, ModelShelf, rowsAtATime } from '@hourglass/autoencoders'
import { findClusters, leadingTangents, principalDirections, usualDistance, walkManifold } from '@hourglass/autoencoders/latent'
import { type LatentModelSource, type ModelAnswer, type ModelCall, type ModelCallKind, type ModelReply, readRequest } from './modelProtocol'
import { readRefusal, UnreadModel } from './UnreadModel'

/** A worker as it sees itself, or one end of a channel. */
export interface ModelPort {
  onmessage: ((event: MessageEvent) => void) | null
  postMessage(message: ModelReply, options: { transfer: Transferable[] }): void
}

/** Takes the answers that somebody waits for with a hand on a slider; they are small, and copied. */
export interface AheadPort {
  postMessage(message: ModelReply): void
}

/** Parameters that are kept: dozens of usual models, and still some of the largest. */
const MOST_BYTES = 200_000_000

type Carry = { readonly [Kind in ModelCallKind]: (call: ModelCall<Kind>, signal: AbortSignal) => Promise<ModelAnswer<Kind>> }

/**
 * Answers the calls that come in at a port. What is ahead is computed as soon as its model is there; everything else takes turns, a few
 * milliseconds at a time, so that the former is never long in coming.
 */
export function serveModels(port: ModelPort & AheadPort, aheadPort: AheadPort = port): void {
  const shelf = new ModelShelf({ mostBytes: MOST_BYTES })
  const running = new Map<number, AbortController>()
  const inTurn = takeTurns()

  const use = <Result>(source: LatentModelSource, signal: AbortSignal, work: (model: Model) => Result | Promise<Result>) =>
    shelf.use({ key: source.url, read: (reading) => readModel(source, reading), signal }, work)
  const apply =
    (direction: 'decode' | 'encode') =>
    ({ source, values, count, isAhead }: ModelCall<'decode'>, signal: AbortSignal) =>
      use(source, signal, (model) => {
        if (isAhead) return model[direction](values, count)
        const rows = rowsAtATime(source.architecture, source.exampleShape)
        return inTurn(() => applyInParts((part, size) => model[direction](part, size), { values, count, rows, signal }))
      })
  const carry: Carry = {
    open: ({ source }, signal) => use(source, signal, () => null),
    parameters: ({ source }, signal) => use(source, signal, (model) => model.copyParameters()),
    decode: apply('decode'),
    encode: apply('encode'),
    tangents: ({ source, code, wanted }, signal) =>
      use(source, signal, (model) =>
        inTurn(() =>
          leadingTangents((directions) => model.pushForward(code, directions), { size: code.length, wanted, pause: () => yieldTo(signal) }),
        ),
      ),
    walk: ({ source, ...options }, signal) =>
      use(source, signal, (model) =>
        inTurn(() => walkManifold((at) => (directions) => model.pushForward(at, directions), { ...options, pause: () => yieldTo(signal) })),
      ),
    usualDistance: ({ codes, size }) => inTurn(async () => usualDistance(codes, size)),
    clusters: (call) => inTurn(async () => findClusters(call)),
    directions: ({ codes, size, wanted }) => inTurn(async () => principalDirections(codes, { size, wanted })),
  }

  const answer = async <Kind extends ModelCallKind>({ id, kind, call }: { id: number; kind: Kind; call: ModelCall<Kind> }) => {
    const own = new AbortController()
    running.set(id, own)
    const reply = (message: ModelReply, transfer: Transferable[]) => {
      if (own.signal.aborted) return
      if ('isAhead' in call && call.isAhead) aheadPort.postMessage(message)
      else port.postMessage(message, { transfer })
    }
    try {
      const answered = await carry[kind](call, own.signal)
      reply({ type: 'done', id, answer: answered }, buffersOf(answered))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      reply({ type: 'failed', id, message, nearestEpoch: error instanceof UnreadModel ? error.nearestEpoch : null }, [])
    } finally {
      running.delete(id)
    }
  }
  port.onmessage = ({ data }) => {
    const request = readRequest(data)
    if (request.type === 'cancel') running.get(request.id)?.abort()
    else if (request.type === 'ping') port.postMessage({ type: 'pong', id: request.id }, { transfer: [] })
    else void answer(request as { id: number; kind: ModelCallKind; call: ModelCall<ModelCallKind> })
  }
}

async function readModel({ architecture, exampleShape, url }: LatentModelSource, signal: AbortSignal) {
  const response = await fetch(url, { signal })
  if (!response.ok) throw await readRefusal(url, response)
  return { config: architecture, exampleShape, parameters: decodeSafetensors(new Uint8Array(await response.arrayBuffer())) }
}

interface Parts {
  readonly values: Float32Array
  readonly count: number
  /** Of the input that are computed at a time. */
  readonly rows: number
  readonly signal: AbortSignal
}

async function applyInParts(
  compute: (values: Float32Array, count: number) => Float32Array,
  { values, count, rows, signal }: Parts,
): Promise<Float32Array> {
  if (count <= rows) return compute(values, count)
  const width = values.length / count
  let outputs = new Float32Array()
  for (let start = 0; start < count; start += rows) {
    const size = Math.min(rows, count - start)
    const part = compute(values.subarray(start * width, (start + size) * width), size)
    if (start === 0) outputs = new Float32Array((count * part.length) / size)
    outputs.set(part, (start * outputs.length) / count)
    await yieldTo(signal)
  }
  return outputs
}

/** Lets what is ahead be computed in between; throws once nobody waits any more. */
async function yieldTo(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
  signal.throwIfAborted()
}

/** Runs work one after the other, whether what went before succeeded or not. */
function takeTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

/** Lists the memory of an answer, which the worker has no more use for. */
function buffersOf(answer: ModelAnswer<ModelCallKind>): Transferable[] {
  if (answer === null || typeof answer === 'number') return []
  const parts: readonly unknown[] = answer instanceof Float32Array ? [answer] : Object.values(answer)
  return parts.flatMap((part) => (part instanceof Float32Array ? [part.buffer as ArrayBuffer] : []))
}
