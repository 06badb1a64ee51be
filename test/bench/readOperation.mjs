import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse, print, separateOperations } from 'graphql'

/** Reads an operation of a dashboard by its name, with the fragments that it uses, as the dashboard sends it; `folder` is its `src`, with what is generated. */
export function readOperation(folder, name) {
  const generated = readFileSync(join(folder, 'data/generated/graphql.ts'), 'utf8')
  const documents = [...generated.matchAll(/gql`([^`]*)`/g)].flatMap(([, text]) => parse(text.replace(/\$\{\w+\}/g, '')).definitions)
  const operation = separateOperations({ kind: Kind.DOCUMENT, definitions: documents })[name]
  if (operation) return print(operation)
  throw new Error(`${folder}: expected an operation ${name} in its generated documents, got none`)
}
