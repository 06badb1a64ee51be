import { createHash } from 'node:crypto'
import { type DocumentNode, execute, type FieldNode, getOperationAST, Kind, visit } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Client } from '../../clients/Client.js'
import type { ShortWork } from '../../clients/ShortWork.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { createContext, type Viewer } from '../graphql/Context.js'
import { formatError } from '../graphql/formatError.js'
import { schema } from '../graphql/schema.js'

/** Results that are kept, in bytes. */
const MAXIMUM_KEPT = 32 * 1024 ** 2
/** What a result counts for until it is there. */
const EXPECTED_BYTES = 4096

/** How long one result may take, in milliseconds. It takes some; a disk that does not answer takes all the turns of those who follow events, with few results. */
const LONGEST_WRITE = 30_000

/** What somebody asked to be told of each event. */
export interface Asked {
  readonly query: string
  readonly document: DocumentNode
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly viewer: Viewer
}

/**
 * Executes a subscription's selection for an event, and writes it as JSON, once for all who asked the same of it. Its resolvers know the viewer and
 * nothing else of who asked, since others are answered with it.
 */
export class SharedResults {
  readonly #lab: Lab
  readonly #work: ShortWork
  readonly #longestWrite: number
  readonly #results = new LRUCache<string, Promise<Buffer>>({ maxSize: MAXIMUM_KEPT })
  readonly #numbers = new WeakMap<object, number>()
  #count = 0

  /** @param longestWrite How long one result may take, in milliseconds. */
  constructor(lab: Lab, work: ShortWork, longestWrite = LONGEST_WRITE) {
    this.#lab = lab
    this.#work = work
    this.#longestWrite = longestWrite
  }

  /**
   * Returns how to write an event for somebody: as a result of GraphQL in JSON, which nobody may change. It throws OPERATION_TIMED_OUT where that takes too long:
   * whoever follows is told, and comes back for the event.
   */
  writerFor(asked: Asked, client: Client): (event: object) => Promise<Buffer> {
    const key = keyOf(asked)
    return (event) => {
      const resultKey = `${this.#numberOf(event)} ${key}`
      const known = this.#results.get(resultKey)
      if (known) return known
      const result = this.#work.do(client, () => this.#inTime(this.#write(asked, event)))
      this.#results.set(resultKey, result, { size: EXPECTED_BYTES })
      result.then(
        ({ length }) => this.#results.set(resultKey, result, { size: length }),
        () => this.#results.delete(resultKey),
      )
      return result
    }
  }

  async #inTime<Result>(work: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const message = `Expected what is told of an event within ${this.#longestWrite / 1000} s, got nothing: a disk of the lab may not answer. Follow again from the last event; ask for fewer fields where that goes on.`
        this.#lab.log.error({ milliseconds: this.#longestWrite }, 'what is told of an event takes too long')
        reject(new HourglassError(errorCodes.operationTimedOut, message))
      }, this.#longestWrite)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }

  async #write({ document, operationName, variables, viewer }: Asked, event: object): Promise<Buffer> {
    const contextValue = { ...createContext(this.#lab), viewer }
    const { data, errors } = await execute({ schema, document, operationName, variableValues: variables, rootValue: event, contextValue })
    const formatted = errors?.map((error) => formatError(error, this.#lab.log))
    this.#lab.metrics.answered(formatted)
    return Buffer.from(JSON.stringify({ ...(formatted ? { errors: formatted } : {}), data }))
  }

  #numberOf(event: object): number {
    const number = this.#numbers.get(event) ?? ++this.#count
    this.#numbers.set(event, number)
    return number
  }
}

/** The same for all whose results of an event are the same: where each began to follow is no part of it. */
function keyOf({ query, document, operationName, variables, viewer }: Asked): string {
  const used = usedInSelection(document, operationName)
  const relevant = Object.entries(variables)
    .filter(([name]) => used.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([viewer.name, operationName, relevant, query]))
    .digest('base64')
}

/** Names the variables of a document that are used elsewhere than as `after` of the subscription's own field. */
function usedInSelection(document: DocumentNode, operationName: string | null): ReadonlySet<string> {
  const roots = new Set<FieldNode>(
    getOperationAST(document, operationName)?.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD),
  )
  const used = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    // biome-ignore lint/complexity/useMaxParams: a visitor of GraphQL is called with these.
    Argument: ({ name }, _, __, ___, ancestors) => {
      // The argument's parent is the list that it stands in, and that list's the field.
      const field = ancestors.at(-1)
      const isPlace = name.value === 'after' && field !== undefined && roots.has(field as FieldNode)
      return isPlace ? false : undefined
    },
    Variable: ({ name }) => {
      used.add(name.value)
    },
  })
  return used
}
