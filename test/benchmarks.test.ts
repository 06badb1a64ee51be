import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSchema, type DocumentNode, GraphQLError, parse, validate } from 'graphql'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { root } from './harness/lab.mjs'

const execute = promisify(execFile)
const folder = join(root, 'test/bench')

/** Nothing measures in the tests: what benchmarks call is checked by their types, and that they can begin here. */
describe('a benchmark', () => {
  it('is one that the command knows, and gives what it measures', async () => {
    const refused = await execute(process.execPath, [join(root, 'scripts/bench.mjs'), 'nothing']).catch((error: unknown) => error)
    const { stderr } = refused as { readonly stderr: string }
    const names = /^There is no benchmark nothing; there are (.*)\.\n$/.exec(stderr)?.[1]?.split(', ') ?? []
    expect(names).toEqual(filesOfBenchmarks().flatMap((file) => /^([^/]+)\.bench\.mjs$/.exec(file)?.[1] ?? []))
    expect(names).toContain('speed')
    const load = `const kinds = {}
      for (const name of ${JSON.stringify(names)}) kinds[name] = typeof (await import('./test/bench/' + name + '.bench.mjs')).measure
      process.stdout.write(JSON.stringify(kinds))`
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', load], { cwd: root })
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(names.map((name) => [name, 'function'])))
  })

  it('asks the API for what there is', () => {
    const schema = buildSchema(readFileSync(join(root, 'apps/server/schema.graphql'), 'utf8'))
    const asked = filesOfBenchmarks().flatMap((file) => documentsIn(file).map((document) => ({ file, document })))
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.flatMap(({ file, document }) => validate(schema, document).map(({ message }) => `${file}: ${message}`))).toEqual([])
  })
})

function filesOfBenchmarks(): readonly string[] {
  return ts.sys
    .readDirectory(folder, ['.mjs'], ['**/node_modules'])
    .map((file) => file.slice(folder.length + 1))
    .sort()
}

/** Finds the texts of a program that are GraphQL documents. */
function documentsIn(file: string): readonly DocumentNode[] {
  const found: DocumentNode[] = []
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(...parsed(node.text))
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest))
  return found
}

function parsed(text: string): readonly DocumentNode[] {
  try {
    return [parse(text)]
  } catch (error) {
    if (error instanceof GraphQLError) return []
    throw error
  }
}
