import { statSync } from 'node:fs'

/** Tells which file a path leads to, to see whether it is another one later; undefined where there is none. */
export function fileIdentity(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats && `${stats.dev}:${stats.ino}`
}
