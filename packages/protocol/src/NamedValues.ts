import { z } from 'zod'

/** What a name can stand for. */
export type NamedValue = string | number | boolean | null | readonly NamedValue[] | { readonly [name: string]: NamedValue }

const namedValueSchema: z.ZodType<NamedValue> = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(namedValueSchema), z.record(z.string(), namedValueSchema)]))
  .meta({ id: 'NamedValue' })

/** Any tree of named values, such as the configuration of a run that was trained elsewhere. */
export const namedValuesSchema = z.record(z.string(), namedValueSchema)
export type NamedValues = z.output<typeof namedValuesSchema>

/** One value of a tree by the path to it, for example `architecture.latentDimension`. */
export interface FlatValue {
  readonly key: string
  readonly value: string | number
}

/**
 * Lists the values of a tree by their paths, in the order of the tree: what filters, sorts and groups runs. A list of numbers or words becomes one
 * text, `512, 256`; true and false become words; null is no value.
 */
export function flattenValues(tree: unknown, prefix = ''): readonly FlatValue[] {
  if (tree === null || tree === undefined) return []
  if (typeof tree === 'number') return Number.isFinite(tree) ? [{ key: prefix, value: tree }] : []
  if (typeof tree === 'string') return [{ key: prefix, value: tree }]
  if (typeof tree === 'boolean') return [{ key: prefix, value: String(tree) }]
  if (Array.isArray(tree)) {
    return tree.every((item) => typeof item !== 'object') ? [{ key: prefix, value: tree.join(', ') }] : membersOf(tree, prefix)
  }
  return typeof tree === 'object' ? membersOf(tree, prefix) : []
}

function membersOf(tree: object, prefix: string): readonly FlatValue[] {
  return Object.entries(tree).flatMap(([name, member]) => flattenValues(member, prefix === '' ? name : `${prefix}.${name}`))
}
