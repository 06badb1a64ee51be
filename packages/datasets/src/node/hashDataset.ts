import { webcrypto } from 'node:crypto'
import type { Dataset } from '../Dataset.js'
import type { Split } from '../Split.js'

/** Bytes hashed at a time: a digest copies what it is given. */
const CHUNK = 2 ** 23

/**
 * Computes the SHA-256, in hexadecimal, of what a data set consists of: shape, counts, values and labels of its splits. Data sets of one hash have the same
 * examples in the same order, wherever they came from.
 *
 * Works beside the event loop, in pieces: the hash is that of the pieces' hashes.
 */
export async function hashDataset({ exampleShape, train, validation, test }: Dataset): Promise<string> {
  // Without validation examples it is the hash that versions which knew none have recorded.
  const splits = validation ? [train, validation, test] : [train, test]
  const header = { exampleShape, splits: splits.map(({ count, values }) => [count, values.BYTES_PER_ELEMENT]) }
  const digests = [new TextEncoder().encode(JSON.stringify(header))]
  for (const split of splits) {
    for (const bytes of bytesOf(split)) {
      for (let at = 0; at < bytes.length; at += CHUNK) digests.push(await digest(bytes.subarray(at, at + CHUNK)))
    }
  }
  return Buffer.from(await digest(Buffer.concat(digests))).toString('hex')
}

// Floats in the machine's byte order, which is the same on every machine that the lab runs on.
const bytesOf = ({ values, labels }: Split) => [new Uint8Array(values.buffer, values.byteOffset, values.byteLength), labels]

async function digest(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes))
}
