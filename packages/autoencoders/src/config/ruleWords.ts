import type { z } from 'zod'
import { architectureRows, architecture as architectureSchema } from '../architectures/architectureSchema.js'
import { encoderRows } from '../architectures/encoderRows.js'
import type { EncoderRow } from '../architectures/encoders/EncoderRow.js'
import type { ArchitectureRow } from '../architectures/rows/ArchitectureRow.js'
import { corruption as corruptionSchema } from './corruptionSchema.js'
import { describeSchema } from './describeSchema.js'
import { type LossRow, lossRows } from './lossRows.js'
import { optimizerRows, optimizer as optimizerSchema } from './optimizerSchema.js'
import type { OptimizerRow } from './optimizers/OptimizerRow.js'
import { toLabel } from './optionWords.js'
import { pretraining as pretrainingSchema } from './pretrainingSchema.js'
import { regularizer as regularizerSchema } from './regularizerSchema.js'

const quote = (label: string) => `“${label}”`

/** Names a value of an enum as the form does. */
export const option = (name: string) => quote(toLabel(name))

/** Writes the value of a setting, or a list of them, as the form does. */
export const settingWords = (value: unknown) => (Array.isArray(value) ? value.join(', ') || 'none' : option(String(value)))

/** Names the variants of a choice as the form does, by their titles. */
const variantsOf = (schema: z.ZodType) => {
  const choice = describeSchema(schema)
  return (kind: string) => quote((choice.type === 'choice' && choice.variants[kind]?.title) || kind)
}
export const named = {
  architecture: variantsOf(architectureSchema),
  corruption: variantsOf(corruptionSchema),
  regularizer: variantsOf(regularizerSchema),
  optimizer: variantsOf(optimizerSchema),
  pretraining: variantsOf(pretrainingSchema),
}

/** Names the rows of which something is true, as alternatives within a sentence: `a, b or c`. */
function rowsThat<Row>(rows: Readonly<Record<string, Row>>, name: (kind: string) => string) {
  return (isMeant: (row: Row) => boolean) => {
    const names = Object.entries(rows).flatMap(([kind, row]) => (isMeant(row) ? name(kind) : []))
    return [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' or ')
  }
}

export const architecturesThat = rowsThat<ArchitectureRow>(architectureRows, named.architecture)
export const encodersThat = rowsThat<EncoderRow>(encoderRows, option)
export const lossesThat = rowsThat<LossRow>(lossRows, option)
export const optimizersThat = rowsThat<OptimizerRow>(optimizerRows, named.optimizer)
