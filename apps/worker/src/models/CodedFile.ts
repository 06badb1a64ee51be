import { type FileHandle, open } from 'node:fs/promises'
import { decodeSafetensorsStart } from '@hourglass/autoencoders'
import { WorkerError } from '../WorkerError.js'

/** Enough for the header. */
const START = 4096
const FLOAT = 4
/** Values of codes that are in memory at a time. */
const PORTION = 4_000_000

/** Reads a file that CodedFileWriter has written, a portion of its codes at a time. */
export class CodedFile {
  readonly #file: FileHandle
  readonly #offsets: Readonly<Record<string, number>>
  /** How many examples it holds. */
  readonly count: number
  /** Units of one code. */
  readonly size: number

  private constructor(file: FileHandle, offsets: Readonly<Record<string, number>>, [count, size]: readonly [number, number]) {
    this.#file = file
    this.#offsets = offsets
    this.count = count
    this.size = size
  }

  /** Does work with a file; throws ARTIFACT_MISSING where it is gone, since what is cached may go. */
  static async use<Result>(path: string, work: (file: CodedFile) => Promise<Result>): Promise<Result> {
    const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause
      throw new WorkerError('ARTIFACT_MISSING', `codes: expected a file of them in ${path}, got none.`, { cause })
    })
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0)
      const start = decodeSafetensorsStart(buffer.subarray(0, bytesRead), [])
      const [count, size] = 'shapes' in start ? (start.shapes.codes ?? []) : []
      if (!('shapes' in start) || count === undefined || size === undefined) {
        throw new WorkerError('ARTIFACT_DAMAGED', `codes: expected a tensor of them in ${path}, got none.`)
      }
      return await work(new CodedFile(file, start.offsets, [count, size]))
    } finally {
      await file.close()
    }
  }

  /** How many test, training and validation examples the data has. */
  counts(): Promise<Float32Array> {
    return this.#read(this.#offsets.counts ?? 0, 3)
  }

  /** Reads one value of each example. */
  column(name: 'rows' | 'labels' | 'errors'): Promise<Float32Array> {
    return this.#read(this.#offsets[name] ?? 0, this.count)
  }

  /** Reads the codes from one example up to another, `[to - from, size]`. */
  codes(from: number, to: number): Promise<Float32Array> {
    return this.#read((this.#offsets.codes ?? 0) + FLOAT * from * this.size, (to - from) * this.size)
  }

  /** Reads all codes, a portion at a time. */
  async *portions(): AsyncGenerator<{ readonly from: number; readonly codes: Float32Array }> {
    const step = Math.max(1, Math.floor(PORTION / this.size))
    for (let from = 0; from < this.count; from += step) yield { from, codes: await this.codes(from, Math.min(this.count, from + step)) }
  }

  /** Reads the codes of some examples, ascending: `[rows, size]`. Throws BAD_USER_INPUT for one that there is not. */
  async pick(rows: Uint32Array): Promise<Float32Array> {
    const last = rows.at(-1) ?? 0
    if (last >= this.count) {
      throw new WorkerError('BAD_USER_INPUT', `rows: expected examples from 0 to ${this.count - 1}, got ${last}.`)
    }
    const picked = new Float32Array(rows.length * this.size)
    let at = 0
    for await (const { from, codes } of this.portions()) {
      const end = from + codes.length / this.size
      for (let row = rows[at]; row !== undefined && row < end; row = rows[++at]) {
        picked.set(codes.subarray((row - from) * this.size, (row - from + 1) * this.size), at * this.size)
      }
    }
    return picked
  }

  async #read(position: number, count: number): Promise<Float32Array> {
    const values = new Float32Array(count)
    const bytes = new Uint8Array(values.buffer)
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, position + done)
      if (bytesRead === 0)
        throw new WorkerError('ARTIFACT_DAMAGED', `codes: expected ${bytes.length} bytes from ${position} on, got ${done}.`)
      done += bytesRead
    }
    return values
  }
}
