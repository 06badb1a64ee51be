import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type RunValueRow, readRunValues } from '../../runs/runValues.js'
import { builder } from './builder.js'
import { RunType } from './Run.js'

/** Columns that a table of runs may ask for. */
const MAXIMUM_NAMES = 60

const RunValueType = builder.objectRef<RunValueRow>('RunValue').implement({
  description: 'A number or a text by its name.',
  fields: (t) => ({
    name: t.exposeString('name'),
    number: t.exposeFloat('number', { nullable: true }),
    text: t.exposeString('text', { nullable: true }),
  }),
})

builder.objectField(RunType, 'values', (t) =>
  t.field({
    type: [RunValueType],
    description:
      'Configuration values, latest metrics and what the completed run was measured with (metric.test.) by name: what runs are filtered, sorted and grouped by.',
    args: {
      prefix: t.arg.string({ description: 'Only names that begin so: config. or metric.' }),
      names: t.arg.stringList({
        description: `Instead, up to ${MAXIMUM_NAMES} keys by their names in full, as runKeys lists them: what the run has nothing of is left out. Fields of runs are keys too; times are texts, as ISO 8601 in UTC.`,
      }),
    },
    complexity: ({ names }) => ({ field: 1, multiplier: names ? Math.max(1, names.length / 5) : 10 }),
    resolve: async ({ number }, { prefix, names }, { lab, loaders }) => {
      if (!names) return readRunValues(lab.database.read, number, prefix ?? '')
      checkNames(names, prefix)
      return [...(await loaders.columns.load({ runNumber: number, names }))]
    },
  }),
)

function checkNames(names: readonly string[], prefix: string | null | undefined): void {
  if (typeof prefix === 'string') throw new HourglassError(errorCodes.badUserInput, 'values: expected either a prefix or names, got both.')
  if (names.length <= MAXIMUM_NAMES) return
  throw new HourglassError(errorCodes.badUserInput, `values: expected at most ${MAXIMUM_NAMES} names, got ${names.length}.`)
}
