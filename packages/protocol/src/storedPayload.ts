import { type Format, type Read, readStored, versionOf } from './Format.js'

/** Writes an object with the version of its format in it, which is left out while that is 1. */
export function writePayload<Payload extends object>(format: Format<unknown>, payload: Payload): Payload {
  const version = versionOf(format)
  return version === 1 ? payload : { ...payload, version }
}

/** Reads a stored object by the version that wrote it: the one that stands in it, or 1. */
export function readPayload<Payload extends object>(format: Format<Payload>, stored: unknown): Read<Payload> {
  if (typeof stored !== 'object' || stored === null || !('version' in stored)) return readStored(format, { version: 1, value: stored })
  const { version, ...value } = stored
  return readStored(format, { version: typeof version === 'number' ? version : Number.NaN, value })
}
