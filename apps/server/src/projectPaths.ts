import { fileURLToPath } from 'node:url'

const fromPackage = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const schemaPath = fromPackage('../../prisma/schema.prisma')
export const migrationsFolder = fromPackage('../../prisma/migrations')
export const printedSchemaPath = fromPackage('schema.graphql')
export const packageJsonPath = fromPackage('package.json')
/** Says of which commit the bundle was made. */
export const buildStampPath = fromPackage('bundle/build.json')
/** Scripts of the server's own that are each run as a process. */
export const exporterPath = fileURLToPath(new URL('archives/exporter.js', import.meta.url))
export const adopterPath = fileURLToPath(new URL('archives/adopter.js', import.meta.url))
export const importerPath = fileURLToPath(new URL('archives/importer.js', import.meta.url))
/** Script of a thread that writes a table. */
export const parquetThreadPath = fromPackage('bundle/runs/tables/parquetThread.js')
/** Scripts of the worker package: each is run as a process of its own. */
export const trainingWorkerPath = fileURLToPath(import.meta.resolve('@hourglass/worker/train'))
export const taskWorkerPath = fileURLToPath(import.meta.resolve('@hourglass/worker/task'))
export const modelWorkerPath = fileURLToPath(import.meta.resolve('@hourglass/worker/models'))
