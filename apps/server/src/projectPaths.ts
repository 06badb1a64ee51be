import { fileURLToPath } from 'node:url'

const fromPackage = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const schemaPath = fromPackage('../../prisma/schema.prisma')
export const migrationsFolder = fromPackage('../../prisma/migrations')
export const printedSchemaPath = fromPackage('schema.graphql')
export const packageJsonPath = fromPackage('package.json')
export const trainingWorkerPath = fromPackage('dist/worker/train.js')
export const engineWorkerPath = fromPackage('dist/worker/engine.js')
export const estimateWorkerPath = fromPackage('dist/worker/estimate.js')
export const baselineWorkerPath = fromPackage('dist/worker/baseline.js')
