import {
  decodeSafetensors,
  type Model,
  type ModelDescription,
  type ModelPart,
  ModelShelf,
  modelParts,
  rowsAtATime,
  runConfigFormat,
} from '@hourglass/autoencoders'
import type { ModelCall, ModelCallOf, ModelReply } from '@hourglass/autoencoders/calls'
import { datasetCatalog } from '@hourglass/datasets'
import { readStored } from '@hourglass/protocol'
import { z } from 'zod'
import { CachedFiles } from '../CachedFiles.js'
import { describeFailure } from '../describeFailure.js'
import { readPart } from '../readPart.js'
import { requireWritten } from '../requireWritten.js'
import { WorkerError } from '../WorkerError.js'
import { clusterSelection, describeSelection, placeCodes } from './codedExamples.js'
import { findDirections, findNeighbours } from './codes.js'
import { ExampleReader } from './ExampleReader.js'
import { encodeAll } from './encodeAll.js'
import { Rounds } from './Rounds.js'

/** How long one client computes before others have their turn, in milliseconds. */
const TURN = 50

type Asked = ModelCallOf<'apply'> | ModelCallOf<'export'> | ModelCallOf<'encodeAll'>
type Turns = AsyncGenerator<undefined, ModelReply>

export interface ModelServerOptions {
  readonly reply: (reply: ModelReply) => void
  /** Of the parameters that are kept in memory. */
  readonly mostBytes: number
  /** Called before each turn, with the call that it is of. */
  readonly beforeTurn?: (id: number) => void
  /** Called after each turn. */
  readonly afterTurn?: () => void
}

/** Decodes, encodes and exports with trained models, of which it keeps those used last, encodes whole data sets, looks through stored codes and reads examples; each call is answered, unless it is cancelled before it begins. */
export class ModelServer {
  readonly #options: ModelServerOptions
  readonly #shelf: ModelShelf
  readonly #examples = new ExampleReader()
  readonly #rounds = new Rounds()
  readonly #open = new Set<number>()

  constructor(options: ModelServerOptions) {
    this.#options = options
    this.#shelf = new ModelShelf({ mostBytes: options.mostBytes })
  }

  take(call: ModelCall): void {
    if (call.type === 'cancel') {
      this.#open.delete(call.id)
      return
    }
    this.#open.add(call.id)
    const once = (work: () => Promise<ModelReply>) => this.#rounds.add(call.client, { step: () => this.#step(call.id, work) })
    if (call.type === 'export') once(() => this.#export(call))
    else if (call.type === 'examples') once(() => this.#examples.read(call))
    else if (call.type === 'directions') once(() => findDirections(call))
    else if (call.type === 'places') once(() => placeCodes(call))
    else if (call.type === 'selection') once(async () => describeSelection(call, await this.#examples.dataset(call)))
    else if (call.type === 'clusters') once(() => clusterSelection(call))
    else if (call.type === 'neighbours') this.#takeTurns(call, findNeighbours(call, TURN))
    else if (call.type === 'apply') this.#takeTurns(call, this.#apply(call))
    // Whoever waits for the codes of all examples looks at some of them meanwhile: what is computed for that has turns of its own.
    else this.#takeTurns({ id: call.id, client: { ...call.client, key: `${call.client.key} ${call.type}` } }, this.#encodeAll(call))
  }

  #takeTurns({ id, client }: Pick<Asked, 'id' | 'client'>, turns: Turns): void {
    const next = async () => (await turns.next()).value ?? undefined
    this.#rounds.add(client, {
      step: async () => {
        const isOver = await this.#step(id, next)
        // One that was cancelled is not read on.
        if (isOver) await turns.return({ type: 'failed', id, code: 'WORKER_FAILED', message: 'cancelled' })
        return isOver
      },
    })
  }

  /** Does the next turn of a call; it returns a reply where it was the last. */
  async #step(id: number, turn: () => Promise<ModelReply | undefined>): Promise<boolean> {
    if (!this.#open.has(id)) return true
    this.#options.beforeTurn?.(id)
    try {
      const reply = await turn()
      if (!reply) return false
      this.#answer(reply)
    } catch (error) {
      this.#answer({ type: 'failed', id, ...describeFailure(error) })
    } finally {
      this.#options.afterTurn?.()
    }
    return true
  }

  #answer(reply: ModelReply): void {
    if (this.#open.delete(reply.id)) this.#options.reply(reply)
  }

  async *#apply(call: ModelCallOf<'apply'>): Turns {
    const { id, direction, values, count } = call
    const width = values.length / count
    let outputs = new Float32Array()
    for (let start = 0; start < count; ) {
      start = await this.#use(call, (model, rows) => {
        const ends = performance.now() + TURN
        let next = start
        do {
          const size = Math.min(rows, count - next)
          const part = model[direction](values.subarray(next * width, (next + size) * width), size)
          if (outputs.length === 0) outputs = new Float32Array((count * part.length) / size)
          outputs.set(part, (next * outputs.length) / count)
          next += size
        } while (next < count && performance.now() < ends)
        return next
      })
      // The model is let go between turns, so that only one is in use at a time, beside those that are kept.
      if (start < count) yield undefined
    }
    return { type: 'applied', id, values: outputs }
  }

  async *#encodeAll(call: ModelCallOf<'encodeAll'>): Turns {
    const { config } = call.model
    const dataset = await this.#examples.dataset({ config, hash: call.hash })
    const onProgress = (done: number, total: number) => this.#options.reply({ type: 'progress', id: call.id, done, total })
    return yield* encodeAll(call, { dataset, model: await readModel(call.model), turn: TURN, onProgress })
  }

  #use<Result>({ model }: Asked, work: (model: Model, rows: number) => Result): Promise<Result> {
    return this.#shelf.use({ key: model.key, read: () => readModel(model) }, (opened) => work(opened, rowsOf(model)))
  }

  async #export({ id, model, part, metadata, output }: ModelCallOf<'export'>): Promise<ModelReply> {
    // The compiler is loaded for the first export: most labs have none.
    const { exportModel } = await import('@hourglass/autoencoders/export')
    const opened = await readModel(model)
    const { folder, key } = output
    const name = await new CachedFiles({ folder, extension: 'onnx' }).keep(key, exportModel(opened, partOf(part), { metadata }))
    return { type: 'exported', id, name }
  }
}

const partOf = (part: string): ModelPart => z.enum(modelParts).parse(part)

function shapeOf({ config }: Asked['model']) {
  const read = readStored(runConfigFormat, config)
  if (!('value' in read)) throw new WorkerError('CONFIG_UNREADABLE', read.problem)
  const { architecture, data } = read.value
  return { config: architecture, exampleShape: datasetCatalog[data.dataset].exampleShape }
}

function rowsOf(model: Asked['model']): number {
  const { config, exampleShape } = shapeOf(model)
  return rowsAtATime(config, exampleShape)
}

async function readModel(model: Asked['model']): Promise<ModelDescription> {
  return { ...shapeOf(model), parameters: decodeSafetensors(await readParameters(model)) }
}

/** Throws ARTIFACT_MISSING where the file is gone: whoever asks may know by then where it lies now. ARTIFACT_DAMAGED where what is read is not what was written. */
async function readParameters({ key, path, offset, bytes, sha256 }: Asked['model']): Promise<Uint8Array> {
  const content = await readPart(path, { offset, bytes }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause
    throw new WorkerError('ARTIFACT_MISSING', `model ${key}: expected its checkpoint in ${path}, got no file.`, { cause })
  })
  requireWritten(`model ${key}`, content, sha256)
  return content
}
