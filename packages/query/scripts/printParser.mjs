/** Writes src/generated/queryParser.ts, the parser that Peggy makes of src/query.peggy. */
import { readFile, writeFile } from 'node:fs/promises'
import peggy from 'peggy'

const grammar = new URL('../src/query.peggy', import.meta.url)
const parser = new URL('../src/generated/queryParser.ts', import.meta.url)

/** Gives the text of the parser. */
export async function printParser() {
  const source = peggy.generate(await readFile(grammar, 'utf8'), { output: 'source', format: 'es' })
  return `// @ts-nocheck: made of query.peggy by npm run print-parser -w @hourglass/query.\n${source}`
}

if (process.argv[1] === new URL(import.meta.url).pathname) await writeFile(parser, await printParser())
