import { writeFile } from 'node:fs/promises'
import { printSortedSchema } from '../graphql/schema.js'
import { printedSchemaPath } from '../projectPaths.js'

await writeFile(printedSchemaPath, printSortedSchema())
