/** A file that is kept so that it need not be made again, as its name tells of it. */
export interface CachedFileName {
  /** What it was made of: files of one key are the same. */
  readonly key: string
  /** SHA-256 of its content, in hexadecimal digits. */
  readonly sha256: string
  /** Its kind, without a dot. */
  readonly extension: string
}

const pattern = /^(.+)\.([0-9a-f]{64})\.([a-z]+)$/

/** Names a file that is kept by what it was made of and by its content, so that whoever reads it can tell that it is what was written. */
export function cachedFileName({ key, sha256, extension }: CachedFileName): string {
  return `${key}.${sha256}.${extension}`
}

/** Reads such a name; null for files that have another, as those of early versions do. */
export function readCachedFileName(name: string): CachedFileName | null {
  const [, key, sha256, extension] = pattern.exec(name) ?? []
  return key === undefined || sha256 === undefined || extension === undefined ? null : { key, sha256, extension }
}
