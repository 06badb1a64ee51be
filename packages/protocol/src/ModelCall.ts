import { z } from 'zod'

const id = z.int()

/** A run's configuration as it is stored. */
const config = z.strictObject({ version: z.int(), value: z.unknown() })

/** A trained model: where its parameters lie, and the stored configuration that says what they are. */
const model = z.strictObject({
  /** Names the model: two with the same key are the same. */
  key: z.string(),
  path: z.string(),
  /** Bytes of the file at `path` that are its own. */
  offset: z.int().min(0),
  bytes: z.int().min(0),
  config,
})

/** Where an epoch's file of codes lies. */
const codes = z.strictObject({
  path: z.string(),
  /** Bytes of the file at `path` that are its own. */
  offset: z.int().min(0),
  bytes: z.int().min(0),
})

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
    /** Of the data that the run has seen, SHA-256 in hexadecimal; null where that is not known. */
    hash: z.string().nullable(),
    split: z.enum(['test', 'training']),
    from: z.int().min(0),
    /** How many at most. */
    count: z.int().min(1),
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
  z.strictObject({ type: z.literal('failed'), id, code: z.string(), message: z.string() }),
])

export type ModelCall = z.output<typeof modelCallSchema>
export type ModelCallOf<Type extends ModelCall['type']> = Extract<ModelCall, { type: Type }>
export type ModelReply = z.output<typeof modelReplySchema>
