import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, print, separateOperations } from 'graphql'

/** Reads an operation of a dashboard by its name, with the fragments that it uses, as the dashboard sends it; `folder` holds its `.graphql` files. */
export function readOperation(folder, name) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.graphql') && !file.includes('generated'),
  )
  const documents = files.flatMap((file) => parse(readFileSync(join(folder, file), 'utf8')).definitions)
  const operation = separateOperations({ kind: 'Document', definitions: documents })[name]
  if (operation) return print(operation)
  throw new Error(`${folder}: expected an operation ${name} in its .graphql files, got none`)
}
