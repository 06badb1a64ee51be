import { z } from 'zod'
import { adam } from './optimizers/adam.js'
import { adamw } from './optimizers/adamw.js'
import { closedForm } from './optimizers/closedForm.js'
import { lbfgs } from './optimizers/lbfgs.js'
import { rmsprop } from './optimizers/rmsprop.js'
import { sgd } from './optimizers/sgd.js'

/** Every optimizer, one a row, in the order of forms. */
export const optimizerRows = { adam, adamw, sgd, rmsprop, lbfgs, closedForm }

type Rows = typeof optimizerRows
type Schema = Rows[keyof Rows]['schema']

const schemas = Object.values(optimizerRows).map(({ schema }): Schema => schema)

export const optimizer = z
  .discriminatedUnion('kind', schemas as [Schema, ...Schema[]])
  .prefault({ kind: 'adam' })
  .meta({ title: 'Optimizer', description: 'How gradients become updates.' })

/** Kinds of optimizers that move after every batch; the others look at all examples for each step. */
export type BatchwiseKind = { [Kind in keyof Rows]: Rows[Kind]['steps'] extends 'batches' ? Kind : never }[keyof Rows]
