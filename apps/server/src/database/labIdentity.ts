import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** The file in a data folder that names what is stored. No backup has it: what is restored is another history, whose sequence numbers begin earlier. */
export const IDENTITY = 'lab.id'

/** Reads the name of what is stored, or gives it one. */
export function openIdentity(path: string): string {
  try {
    writeFileSync(path, randomBytes(12).toString('base64url'), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8')
}
