import { writeFile } from 'node:fs/promises'
import { printSortedSchema } from '../api/graphql/schema.js'
import { printedSchemaPath } from '../projectPaths.js'

await writeFile(printedSchemaPath, printSortedSchema())
