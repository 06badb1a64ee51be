import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../harness/lab.mjs'
import { npm } from './npm.js'

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, unknown>>
}

export interface Package {
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages that others can install: all but the one that stands for better-sqlite3 in this repository, under its name. */
export const packages: readonly Package[] = readdirSync(join(root, 'packages'))
  .filter((name) => name !== 'sqlite')
  .map((name) => {
    const folder = join(root, 'packages', name)
    return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
  })

/** Packs packages into a folder, as `npm pack` does. */
export async function pack(into: string): Promise<void> {
  await npm(root, ['pack', '--pack-destination', into, ...packages.flatMap(({ manifest: { name } }) => ['-w', name])])
}

/** The file name that npm gives the archive of a package. */
export function archiveOf({ name, version }: Manifest): string {
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
}
