import { z } from 'zod'
import { NONE } from './isNone.js'
import { contractive } from './regularizers/contractive.js'
import { klSparsity } from './regularizers/klSparsity.js'
import { l1 } from './regularizers/l1.js'

/** Every penalty, one a row, in the order of forms. */
export const regularizerRows = { l1, klSparsity, contractive }

type Rows = typeof regularizerRows
type Schema = Rows[keyof Rows]['schema']

/** What the objective adds to the reconstruction error. */
export const regularizer = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal(NONE) }).meta({ title: 'None', description: 'The reconstruction error alone.' }),
    ...Object.values(regularizerRows).map(({ schema }): Schema => schema),
  ])
  .default({ kind: NONE })
  .meta({ title: 'Regularizer', description: 'What keeps the code from merely copying the input.' })
