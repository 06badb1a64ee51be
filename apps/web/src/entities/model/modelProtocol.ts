import type { ArchitectureConfig, NamedTensors } from '@hourglass/autoencoders'
import type { ClusterMap, LeadingTangents, PrincipalDirections, Walk } from '@hourglass/autoencoders/latent'

/** Where a trained model is, and what it is. */
export interface LatentModelSource {
  readonly architecture: ArchitectureConfig
  readonly exampleShape: readonly number[]
  /** Of its checkpoint. */
  readonly url: string
}

interface ApplyCall {
  readonly source: LatentModelSource
  /** `[count, values of one input]`; their memory goes to the worker. */
  readonly values: Float32Array
  readonly count: number
  /** Whether it is computed before what waits its turn: for single examples that somebody moves by hand. */
  readonly isAhead: boolean
}

/** What the page asks of the worker, and what it is given. Every call says which model it means, so that a worker that was started again can answer it. */
interface ModelCalls {
  readonly open: { readonly call: { readonly source: LatentModelSource }; readonly answer: null }
  /** Of a model that the worker has, so that the page can compute with it too and need not load it again. */
  readonly parameters: { readonly call: { readonly source: LatentModelSource }; readonly answer: NamedTensors }
  readonly decode: { readonly call: ApplyCall; readonly answer: Float32Array }
  readonly encode: { readonly call: ApplyCall; readonly answer: Float32Array }
  readonly directions: {
    readonly call: { readonly codes: Float32Array; readonly size: number; readonly wanted: number }
    readonly answer: PrincipalDirections
  }
  readonly clusters: { readonly call: ClustersCall; readonly answer: ClusterMap }
  readonly tangents: { readonly call: TangentsCall; readonly answer: LeadingTangents }
  readonly walk: { readonly call: WalkCall; readonly answer: Walk }
  /** How far a code usually lies from the nearest other one. */
  readonly usualDistance: { readonly call: { readonly codes: Float32Array; readonly size: number }; readonly answer: number }
}

export interface ClustersCall {
  /** `[n, size]` */
  readonly codes: Float32Array
  /** Class of each. */
  readonly labels: Float32Array
  readonly size: number
  readonly classCount: number
  readonly seed: number
}

interface TangentsCall {
  readonly source: LatentModelSource
  /** `[size]` */
  readonly code: Float32Array
  readonly wanted: number
}

/** A walk along the decoder’s surface, as `WalkOptions` tells. */
interface WalkCall {
  readonly source: LatentModelSource
  readonly code: Float32Array
  readonly directions: Float32Array
  readonly towards: Float32Array
  readonly length: number
  readonly steps: number
}

export type ModelCallKind = keyof ModelCalls
export type ModelCall<Kind extends ModelCallKind> = ModelCalls[Kind]['call']
export type ModelAnswer<Kind extends ModelCallKind> = ModelCalls[Kind]['answer']

/** From page to worker. */
export type ModelRequest =
  | {
      [Kind in ModelCallKind]: { readonly type: 'call'; readonly id: number; readonly kind: Kind; readonly call: ModelCall<Kind> }
    }[ModelCallKind]
  | { readonly type: 'cancel'; readonly id: number }
  /** Asks whether the worker is still there. */
  | { readonly type: 'ping'; readonly id: number }

/** From worker to page: one for each ping, and for each call that was not cancelled. */
export type ModelReply =
  | { readonly type: 'done'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly nearestEpoch: number | null }
  | { readonly type: 'pong'; readonly id: number }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isFloats = (value: unknown): value is Float32Array => value instanceof Float32Array
const isSource = (value: unknown) =>
  isRecord(value) && typeof value.url === 'string' && isRecord(value.architecture) && Array.isArray(value.exampleShape)
const isApply = (call: Record<string, unknown>) =>
  isSource(call.source) && isFloats(call.values) && typeof call.count === 'number' && typeof call.isAhead === 'boolean'

const isCall: Record<ModelCallKind, (call: Record<string, unknown>) => boolean> = {
  open: ({ source }) => isSource(source),
  parameters: ({ source }) => isSource(source),
  decode: isApply,
  encode: isApply,
  directions: ({ codes, size, wanted }) => isFloats(codes) && typeof size === 'number' && typeof wanted === 'number',
  tangents: ({ source, code, wanted }) => isSource(source) && isFloats(code) && typeof wanted === 'number',
  walk: ({ source, code, directions, towards, length, steps }) =>
    isSource(source) && [code, directions, towards].every(isFloats) && typeof length === 'number' && typeof steps === 'number',
  usualDistance: ({ codes, size }) => isFloats(codes) && typeof size === 'number',
  clusters: ({ codes, labels, ...counts }) =>
    isFloats(codes) && isFloats(labels) && [counts.size, counts.classCount, counts.seed].every((count) => typeof count === 'number'),
}

const isAnswer: { [Kind in ModelCallKind]: (answer: unknown) => answer is ModelAnswer<Kind> } = {
  open: (answer) => answer === null,
  parameters: (answer): answer is NamedTensors =>
    isRecord(answer) && Object.values(answer).every((tensor) => isRecord(tensor) && Array.isArray(tensor.shape) && isFloats(tensor.values)),
  decode: isFloats,
  encode: isFloats,
  directions: (answer): answer is PrincipalDirections =>
    isRecord(answer) && isFloats(answer.mean) && isFloats(answer.directions) && typeof answer.count === 'number',
  tangents: (answer): answer is LeadingTangents =>
    isRecord(answer) && isFloats(answer.images) && isFloats(answer.directions) && isFloats(answer.stretches),
  walk: (answer): answer is Walk => isRecord(answer) && isFloats(answer.codes) && typeof answer.start === 'number',
  usualDistance: (answer): answer is number => typeof answer === 'number',
  clusters: (answer): answer is ClusterMap => isRecord(answer) && isFloats(answer.places) && Array.isArray(answer.clusters),
}

/** Reads what came from the page; throws a TypeError for anything but a request. */
export function readRequest(data: unknown): ModelRequest {
  if (isRecord(data) && typeof data.id === 'number') {
    if (data.type === 'cancel' || data.type === 'ping') return data as ModelRequest
    const { kind, call } = data
    if (data.type === 'call' && typeof kind === 'string' && Object.hasOwn(isCall, kind) && isRecord(call)) {
      if (isCall[kind as ModelCallKind](call)) return data as ModelRequest
    }
  }
  throw new TypeError(`model worker: expected a request, got ${describe(data)}`)
}

/** Reads what came from the worker; throws a TypeError for anything but a reply. */
export function readReply(data: unknown): ModelReply {
  if (isRecord(data) && typeof data.id === 'number') {
    if (data.type === 'done' || data.type === 'pong' || (data.type === 'failed' && typeof data.message === 'string'))
      return data as ModelReply
  }
  throw new TypeError(`model worker: expected a reply, got ${describe(data)}`)
}

/** Reads the answer to a kind of call; throws a TypeError for any other. */
export function readAnswer<Kind extends ModelCallKind>(kind: Kind, answer: unknown): ModelAnswer<Kind> {
  if (isAnswer[kind](answer)) return answer
  throw new TypeError(`model worker: expected an answer to ${kind}, got ${describe(answer)}`)
}

const describe = (data: unknown) => (isRecord(data) ? `an object with ${Object.keys(data).join(', ') || 'nothing'}` : String(data))
