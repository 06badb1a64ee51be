import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeSafetensorsHead } from '@hourglass/autoencoders'
import { cachedFileName } from '@hourglass/protocol'
import type { ChosenExamples } from './chooseExamples.js'

export interface CodedFileOptions {
  readonly folder: string
  readonly key: string
  readonly examples: ChosenExamples
  /** Units of one code. */
  readonly size: number
}

const EXTENSION = 'safetensors'

/**
 * Writes the codes of examples as they are computed, so that those of long codes need no memory: a safetensors file of `counts` [3], how many test, training and
 * validation examples there are, `rows` [n], which of them it holds, counted in that order, `labels` [n], `codes` [n, size] and `errors` [n], the mean squared
 * error of each reconstruction.
 */
export class CodedFileWriter {
  readonly #file: FileHandle
  readonly #path: string
  readonly #options: CodedFileOptions
  readonly #hash = createHash('sha256')
  readonly #errors: Float32Array
  #written = 0
  #isOpen = true

  private constructor(file: FileHandle, path: string, options: CodedFileOptions) {
    this.#file = file
    this.#path = path
    this.#options = options
    this.#errors = new Float32Array(options.examples.rows.length)
  }

  static async begin(options: CodedFileOptions): Promise<CodedFileWriter> {
    const { folder, key, examples, size } = options
    await mkdir(folder, { recursive: true })
    const path = join(folder, `${key}.${process.pid}.tmp`)
    const writer = new CodedFileWriter(await open(path, 'w'), path, options)
    const count = examples.rows.length
    await writer.#append(encodeSafetensorsHead({ counts: [3], rows: [count], labels: [count], codes: [count, size], errors: [count] }))
    for (const values of [examples.counts, examples.rows, examples.labels]) await writer.#append(bytesOf(Float32Array.from(values)))
    return writer
  }

  /** Appends the codes of the next examples, `[n, size]`, and the error of each. */
  async add(codes: Float32Array, errors: Float32Array): Promise<void> {
    this.#errors.set(errors, this.#written)
    this.#written += errors.length
    await this.#append(bytesOf(codes))
  }

  /** Puts the whole file in its place; returns its name. */
  async finish(): Promise<string> {
    const { folder, key } = this.#options
    await this.#append(bytesOf(this.#errors))
    await this.#file.datasync()
    await this.#close()
    const name = cachedFileName({ key, sha256: this.#hash.digest('hex'), extension: EXTENSION })
    await rename(this.#path, join(folder, name))
    return name
  }

  /** Removes what was not finished. */
  async leave(): Promise<void> {
    if (!this.#isOpen) return
    await this.#close()
    await rm(this.#path, { force: true })
  }

  async #append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    await this.#file.writeFile(bytes)
  }

  async #close(): Promise<void> {
    this.#isOpen = false
    await this.#file.close()
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength)
