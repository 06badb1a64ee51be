import { createHash } from 'node:crypto'

/** Computes the SHA-256 of a content, in hexadecimal digits. */
export function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
