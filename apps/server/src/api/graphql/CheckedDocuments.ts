import type { DocumentNode, GraphQLError, ValidationRule } from 'graphql'
import { LRUCache } from 'lru-cache'
import { checkDocument } from './operationRules.js'

/** Text of documents that are kept, in characters. */
const MAXIMUM_KEPT = 1024 ** 2

/** Parses and validates each document once, as long as it is asked for: a thousand pages ask for the same few. */
export class CheckedDocuments {
  readonly #rules: readonly ValidationRule[]
  readonly #documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ maxSize: MAXIMUM_KEPT })

  constructor(rules: readonly ValidationRule[]) {
    this.#rules = rules
  }

  /** Returns what is known of a document: it, or what is wrong with it; undefined where it is a new one. */
  known(text: string): DocumentNode | readonly GraphQLError[] | undefined {
    return this.#documents.get(text)
  }

  /** Returns the document, or what is wrong with it. A wrong one can take long. */
  read(text: string): DocumentNode | readonly GraphQLError[] {
    const checked = checkDocument(text, this.#rules)
    if (text.length > 0) this.#documents.set(text, checked, { size: text.length })
    return checked
  }
}
