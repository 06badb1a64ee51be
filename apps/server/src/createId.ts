import { randomBytes } from 'node:crypto'

/** Creates a random id of 12 lower-case letters and digits (60 bits), safe in URLs, folders and file systems that ignore case. */
export function createId(): string {
  return Array.from(randomBytes(12), (byte) => alphabet[byte % alphabet.length]).join('')
}

// 32 characters, so that every byte maps evenly; without the pairs that people mix up (0 o, 1 l).
const alphabet = '23456789abcdefghijkmnpqrstuvwxyz'
