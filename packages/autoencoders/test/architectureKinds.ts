import { describeSchema, runConfigSchema } from '../src/index.js'

const root = describeSchema(runConfigSchema)
const architecture = root.type === 'object' ? root.fields.architecture : undefined

/** Every kind of architecture that a configuration may have, so that a new one is tested as the others are. */
export const architectureKinds: readonly string[] = architecture?.type === 'choice' ? Object.keys(architecture.variants) : []
