import {
  describeSchema,
  epochCatalog,
  type FieldDescription,
  type Measurement,
  metricCatalog,
  runConfigSchema,
} from '@hourglass/autoencoders'
import { runStages } from '@hourglass/protocol'
import type { KeyType } from '@hourglass/query'
import type { LabKey } from './LabKey.js'
import { type RunField, runFields } from './runFields.js'
import { finalValueName } from './valueNames.js'

/** A key without the place of its values, which a lab gives it with the first run that has one. */
export type KnownKey = Omit<LabKey, 'source'>

const plain = {
  aliases: [],
  description: '',
  unit: null,
  better: null,
  ranked: { ranksWithin: 'anything' },
  digits: null,
  format: 'number',
  isLogarithmic: false,
} as const satisfies Partial<LabKey>

/** Describes a value by its name alone: one that this version knows nothing of. */
export function plainKey(name: string, type: KeyType): KnownKey {
  const [group, ...rest] = name.split('.')
  const own = rest.join('.') || name
  return { ...plain, name, type, title: own, group: group === 'metric' ? 'METRIC' : group === 'model' ? 'MODEL' : 'CONFIG' }
}

/** The fields of all runs. */
export const fieldKeys: readonly LabKey[] = Object.entries<RunField>(runFields).map(([name, field]) => ({
  ...plain,
  ...field,
  name,
  group: 'FIELD',
}))

/** Values that this version gives runs, by name: what follows from the configuration, its settings, and measurements. */
export const knownValues: ReadonlyMap<string, KnownKey> = new Map(
  [
    { ...plainKey('model.codeSize', 'NUMBER'), title: 'Code size', aliases: ['z'], description: 'Units of the code.', isLogarithmic: true },
    { ...plainKey('model.objective', 'TEXT'), title: 'Objective', description: 'What training minimizes.' },
    ...settingKeys(describeSchema(runConfigSchema), 'config'),
    ...epochCatalog.map((row) => metricKey(row, row.id, row.alias)),
    ...summaryKeys(),
    ...metricCatalog.map((row) => finalKey(row)),
  ]
    // Variants of a choice have settings of one name: the first describes them all.
    .reverse()
    .map((key) => [key.name, key]),
)

function settingKeys(field: FieldDescription, name: string): readonly KnownKey[] {
  const { title, description, unit, alias } = field
  const key = (type: KeyType, own = name): KnownKey => ({
    ...plainKey(own, type),
    title,
    description,
    unit: unit ?? null,
    aliases: alias === undefined ? [] : [alias],
    isLogarithmic: field.scale === 'log',
  })
  if (field.type === 'object') return Object.entries(field.fields).flatMap(([own, inner]) => settingKeys(inner, `${name}.${own}`))
  if (field.type === 'choice') {
    const kind = { ...key('TEXT', `${name}.kind`), aliases: [name.slice(name.lastIndexOf('.') + 1)] }
    return [kind, ...Object.values(field.variants).flatMap((variant) => settingKeys(variant, name))]
  }
  return [key(field.type === 'integer' || field.type === 'number' ? 'NUMBER' : 'TEXT')]
}

function metricKey(row: Measurement, name: string, alias: string | undefined): KnownKey {
  const { title, description, unit, better, digits, format = 'number', ranksWithin, examples } = row
  const aliases = alias === undefined ? [] : [alias]
  return {
    ...plainKey(`metric.${name}`, 'NUMBER'),
    title,
    description,
    unit,
    better,
    digits,
    format,
    ranked: { ranksWithin, examples },
    aliases,
  }
}

/** What finished runs are measured with; where epochs are not, its alias needs no `test.` before it. */
function finalKey(row: Measurement & { readonly id: (typeof metricCatalog)[number]['id'] }): KnownKey {
  const key = metricKey(row, finalValueName(row.id), undefined)
  const ofTest = row.alias === undefined ? [] : [`test.${row.alias}`]
  const aliases = row.alias !== undefined && row.at === 'analysis' ? [row.alias, ...ofTest] : ofTest
  return { ...key, title: `${row.title} (test)`, ranked: { ...key.ranked, examples: 'test' }, aliases }
}

/** What a run adds up over its epochs. */
function summaryKeys(): readonly KnownKey[] {
  const loss = epochCatalog.find(({ id }) => id === 'validationLoss')
  const seconds = { unit: 's', format: 'duration', digits: 3 } as const
  return [
    ...(loss
      ? [
          {
            ...metricKey(loss, 'bestValidationLoss', undefined),
            title: 'Best validation loss',
            description: 'The lowest validation loss of all epochs.',
          },
        ]
      : []),
    { ...plainKey('metric.bestEpoch', 'NUMBER'), title: 'Best epoch', description: 'The epoch with the lowest validation loss.' },
    {
      ...plainKey('metric.totalSeconds', 'NUMBER'),
      ...seconds,
      title: 'Time of all epochs',
      description: 'Seconds spent in completed epochs.',
      better: 'lower',
      aliases: ['duration'],
    },
    ...runStages.map(
      (stage): KnownKey => ({
        ...plainKey(`metric.${stage}Seconds`, 'NUMBER'),
        ...seconds,
        title: `Time of ${stage}`,
        description: `Seconds spent in ${stage}.`,
        better: 'lower',
      }),
    ),
  ]
}
