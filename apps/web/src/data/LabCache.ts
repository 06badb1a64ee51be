import { type Cache, InMemoryCache, type OperationVariables, type Reference, type TypedDocumentNode } from '@apollo/client'
import { ExperimentRowFieldsFragmentDoc, RunRevisedFieldsFragmentDoc } from './generated/graphql'

type Fields = Readonly<Record<string, unknown>>

interface Revised extends Fields {
  readonly id: string
  readonly revision: number
}

interface RevisedType {
  /** What an older answer may not take back. */
  readonly fragment: TypedDocumentNode<unknown>
  readonly fragmentName: string
}

const revisedTypes = new Map<unknown, RevisedType>([
  ['Run', { fragment: RunRevisedFieldsFragmentDoc, fragmentName: 'RunRevisedFields' }],
  ['Experiment', { fragment: ExperimentRowFieldsFragmentDoc, fragmentName: 'ExperimentRowFields' }],
])

/**
 * The normalised cache of a lab. Answers over HTTP and the events of the live connection overtake each other: what says of a run or an experiment how it was
 * before what is stored here changes nothing of what events change.
 */
export class LabCache extends InMemoryCache {
  override write<Data = unknown, Variables extends OperationVariables = OperationVariables>(
    options: Cache.WriteOptions<Data, Variables>,
  ): Reference | undefined {
    return super.write<Data, Variables>({ ...options, result: this.#keepNewer(options.result) })
  }

  /** Replaces, in all that an answer holds, what is older than what is stored. */
  #keepNewer<Value>(value: Value): Value {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return typeof value[0] === 'object' ? (mapped(value, (one) => this.#keepNewer(one)) as Value) : value
    const object = mappedFields(value as Fields, (field) => this.#keepNewer(field))
    return (isRevised(object) ? this.#newerOf(object) : object) as Value
  }

  #newerOf(incoming: Revised): Fields {
    const type = revisedTypes.get(incoming.__typename)
    const id = this.identify({ __typename: String(incoming.__typename), id: incoming.id })
    if (!type || !id) return incoming
    const stored = this.readFragment<Fields>({ id, ...type, returnPartialData: true })
    if (typeof stored?.revision !== 'number' || stored.revision <= incoming.revision) return incoming
    return mappedFields(incoming, (field, name) => (name in stored ? laidOver(field, stored[name]) : field))
  }
}

function isRevised(value: Fields): value is Revised {
  return typeof value.revision === 'number' && typeof value.id === 'string'
}

/** A stored object may hold fewer fields than the answer has of it, and then has the say over those alone. */
function laidOver(incoming: unknown, stored: unknown): unknown {
  if (!isObject(incoming) || !isObject(stored) || incoming.id !== stored.id) return stored
  return { ...incoming, ...stored }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Maps a list; gives the list itself where nothing changed. */
function mapped<Value>(values: readonly Value[], change: (value: Value) => Value): readonly Value[] {
  const changed = values.map(change)
  return changed.some((value, index) => value !== values[index]) ? changed : values
}

/** Maps the fields of an object; gives the object itself where nothing changed. */
function mappedFields(object: Fields, change: (field: unknown, name: string) => unknown): Fields {
  const entries = Object.entries(object)
  const changed = entries.map(([name, field]) => [name, change(field, name)] as const)
  return changed.some(([, field], index) => field !== entries[index]?.[1]) ? Object.fromEntries(changed) : object
}
