import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Layers whose modules are there for several users. */
const sharedLayers: readonly string[] = ['entities', 'ui']

/** What names another file: imports, of types and of code that is loaded later too, workers, and styles that are composed. */
const named = /(?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*['"](\.[^'"]+)['"]/g

/**
 * Lists the shared modules of the dashboard's sources that one feature or the shell alone uses, through other shared ones too, and those that nobody uses.
 * Routes only put together what is below them, so that what they alone use has its place there.
 */
export function soleUsers(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /^(?!.*generated).*\.(tsx?|css)$/.test(file))
  const importers = importersOf(folder, files)
  return files
    .filter((file) => sharedLayers.includes(layerOf(file)))
    .map((file) => ({ file, users: [...usersOf(file, importers)] }))
    .filter(({ users: [user, ...others] }) => others.length === 0 && user !== 'app')
    .map(({ file, users: [user = 'nobody'] }) => `${file}: ${user}`)
    .sort()
}

/** Finds the files that import each file. */
function importersOf(folder: string, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>(files.map((file) => [file, []]))
  for (const importer of files)
    for (const [, path = ''] of readFileSync(join(folder, importer), 'utf8').matchAll(named)) {
      const target = join(importer, '..', path)
      for (const file of [target, `${target}.ts`, `${target}.tsx`]) importers.get(file)?.push(importer)
    }
  return importers
}

/** Names the features and layers that a module serves. A shared one that imports it passes it on to those that it serves itself. */
function usersOf(module: string, importers: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([module])
  const users = new Set<string>()
  for (const file of reached)
    for (const importer of importers.get(file) ?? []) {
      const layer = layerOf(importer)
      if (sharedLayers.includes(layer)) reached.add(importer)
      else users.add(layer === 'features' ? importer.split('/').slice(0, 2).join('/') : layer)
    }
  return users
}

function layerOf(file: string): string {
  return file.slice(0, file.indexOf('/'))
}
