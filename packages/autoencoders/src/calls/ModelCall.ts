import { z } from 'zod'

const id = z.int()

/** A run's configuration as it is stored. */
const config = z.strictObject({ version: z.int(), value: z.unknown() })

/** SHA-256 of what was written, in hexadecimal: what is read is compared with it. Null for files of versions that computed none. */
const sha256 = z.hash('sha256').nullable()

/** A trained model: where its parameters lie, and the stored configuration that says what they are. */
const model = z.strictObject({
  /** Names the model: two with the same key are the same. */
  key: z.string(),
  path: z.string(),
  /** Bytes of the file at `path` that are its own. */
  offset: z.int().min(0),
  bytes: z.int().min(0),
  sha256,
  config,
})

/** Where an epoch's file of codes lies. */
const codes = z.strictObject({
  path: z.string(),
  /** Bytes of the file at `path` that are its own. */
  offset: z.int().min(0),
  bytes: z.int().min(0),
  sha256,
})

/** Of the data that a run has seen, SHA-256 in hexadecimal; null where that is not known. */
const hash = z.string().nullable()

/** What lays codes out on a map: two of their units (one, where there is no other), or the first two principal directions of an epoch's training codes. */
const projection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('units'), across: z.int().min(0), up: z.int().min(0).nullable() }),
  z.strictObject({ kind: z.literal('principal'), codes }),
])

/** Of which examples of a run's data codes are computed: of all, or of a random choice of them, the same for every epoch. */
export const codedChoices = ['all', 'sample'] as const
export type CodedChoice = (typeof codedChoices)[number]

/** Who asks: networks take turns, and of one network its clients. */
const client = z.strictObject({ network: z.string(), key: z.string() })

/** What the server asks of the process that computes with trained models. Arrays cross as bytes. */
export const modelCallSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('apply'),
    id,
    client,
    model,
    direction: z.enum(['decode', 'encode']),
    /** [count][values of one input] */
    values: z.instanceof(Float32Array),
    count: z.int().min(1),
  }),
  /** Keeps an ONNX file of a part of the model in a folder, under a key. */
  z.strictObject({
    type: z.literal('export'),
    id,
    client,
    model,
    part: z.string(),
    metadata: z.record(z.string(), z.string()),
    output: z.strictObject({ folder: z.string(), key: z.string() }),
  }),
  /** Finds the principal directions of an epoch's training codes. */
  z.strictObject({ type: z.literal('directions'), id, client, codes, wanted: z.int().min(1) }),
  /** Looks for the test examples whose codes are nearest to others. */
  z.strictObject({
    type: z.literal('neighbours'),
    id,
    client,
    codes,
    /** [count][latent dimension] */
    values: z.instanceof(Float32Array),
    count: z.int().min(1),
    wanted: z.int().min(1),
  }),
  /** Reads examples that a run was trained on, or is shown with. */
  z.strictObject({
    type: z.literal('examples'),
    id,
    client,
    config,
    hash,
    split: z.enum(['test', 'training', 'validation']),
    from: z.int().min(0),
    /** How many at most. */
    count: z.int().min(1),
  }),
  /** Encodes and reconstructs examples of the run's data, and keeps codes and errors in a folder, under a key. It tells of its progress. */
  z.strictObject({
    type: z.literal('encodeAll'),
    id,
    client,
    model,
    hash,
    choice: z.enum(codedChoices),
    output: z.strictObject({ folder: z.string(), key: z.string() }),
  }),
  /** Lays out on a map the codes of a file that `encodeAll` has kept. */
  z.strictObject({ type: z.literal('places'), id, client, path: z.string(), projection }),
  /** Describes some of the examples of such a file, which is of all: their mean code, their images, their classes and which are reconstructed worst. */
  z.strictObject({
    type: z.literal('selection'),
    id,
    client,
    path: z.string(),
    config,
    hash,
    /** Rows of the file, ascending. */
    rows: z.instanceof(Uint32Array),
    /** How many of the worst. */
    worst: z.int().min(0),
  }),
  /** Finds clusters of the codes of some examples of such a file. */
  z.strictObject({
    type: z.literal('clusters'),
    id,
    client,
    path: z.string(),
    rows: z.instanceof(Uint32Array),
    wanted: z.int().min(1),
    seed: z.int(),
  }),
  /** Nobody waits for a call any more. */
  z.strictObject({ type: z.literal('cancel'), id }),
])

/** How it answers; a call that was cancelled may go without. */
export const modelReplySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('applied'), id, values: z.instanceof(Float32Array) }),
  /** The name of a file that is kept. */
  z.strictObject({ type: z.literal('exported'), id, name: z.string() }),
  z.strictObject({
    type: z.literal('directions'),
    id,
    /** Codes that they were found of. */
    codes: z.int(),
    /** [latent dimension] */
    mean: z.instanceof(Float32Array),
    /** [directions, latent dimension] */
    directions: z.instanceof(Float32Array),
    /** [directions, 3]: the minimum, maximum and standard deviation along each. */
    spreads: z.instanceof(Float64Array),
    /** Variance of the codes, summed over their units. */
    variance: z.number(),
  }),
  z.strictObject({
    type: z.literal('neighbours'),
    id,
    /** [count, wanted], or fewer where fewer codes are kept. */
    indices: z.instanceof(Int32Array),
    labels: z.instanceof(Int32Array),
    distances: z.instanceof(Float64Array),
    usualDistance: z.number(),
  }),
  /** Images side by side as a PNG file, points as a safetensors file; null where there are no examples from there on. */
  z.strictObject({ type: z.literal('examples'), id, content: z.instanceof(Uint8Array).nullable() }),
  /** Tells how far `encodeAll` is; its answer comes later. */
  z.strictObject({ type: z.literal('progress'), id, done: z.int().min(0), total: z.int().min(1) }),
  /** The name of a file of codes that is kept. */
  z.strictObject({ type: z.literal('encoded'), id, name: z.string() }),
  /** A safetensors file. */
  z.strictObject({ type: z.literal('places'), id, content: z.instanceof(Uint8Array) }),
  z.strictObject({
    type: z.literal('selection'),
    id,
    /** [latent dimension] */
    code: z.instanceof(Float32Array),
    /** [values of one example] */
    mean: z.instanceof(Float32Array),
    deviations: z.instanceof(Float32Array),
    /** Labels that occur, ascending, and how often each does. */
    labels: z.instanceof(Uint32Array),
    counts: z.instanceof(Uint32Array),
    worst: z.instanceof(Uint32Array),
    worstErrors: z.instanceof(Float32Array),
  }),
  z.strictObject({
    type: z.literal('clusters'),
    id,
    /** Of each row the cluster that it belongs to, from 0. */
    members: z.instanceof(Uint8Array),
    /** [clusters, latent dimension] */
    centres: z.instanceof(Float32Array),
    /** Mean squared distance of codes from the centres of their clusters. */
    distortion: z.number(),
  }),
  z.strictObject({ type: z.literal('failed'), id, code: z.string(), message: z.string() }),
])

export type ModelCall = z.output<typeof modelCallSchema>
export type ModelCallOf<Type extends ModelCall['type']> = Extract<ModelCall, { type: Type }>
export type ModelReply = z.output<typeof modelReplySchema>
