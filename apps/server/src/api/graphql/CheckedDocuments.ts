import { type DocumentNode, GraphQLError, Source, type Token, TokenKind, type ValidationRule } from 'graphql'
import { LRUCache } from 'lru-cache'
import { cutMessage } from './formatError.js'
import { checkDocument } from './operationRules.js'

/** Memory that documents may be kept in, in bytes: four times what all of the dashboard's take. */
const MAXIMUM_KEPT = 16 * 1024 ** 2
/** Memory that each token of a document takes parsed, in bytes: 180 to 490 were measured. */
const TOKEN_BYTES = 500
/** Memory of a comment beside its text, in bytes: the parser counts none, but leaves them among the tokens. 114 were measured of empty ones. */
const COMMENT_BYTES = 120
/** Memory of an error beside its message, in bytes. */
const ERROR_BYTES = 500

/** What is wrong with a document, without what an error holds: the parsed document, and what called what when it was found. */
interface Fault {
  readonly message: string
  readonly positions: readonly number[] | undefined
  readonly code: unknown
}

type Kept = DocumentNode | readonly Fault[]

/** Parses and validates each document once, as long as it is asked for: a thousand pages ask for the same few. */
export class CheckedDocuments {
  readonly #rules: readonly ValidationRule[]
  readonly #documents = new LRUCache<string, Kept>({ maxSize: MAXIMUM_KEPT, sizeCalculation: sizeOf })

  constructor(rules: readonly ValidationRule[]) {
    this.#rules = rules
  }

  /** Memory that is taken by what is kept, in bytes, as it is counted. */
  get bytes(): number {
    return this.#documents.calculatedSize
  }

  /** Returns what is known of a document: it, or what is wrong with it; undefined where it is a new one. */
  known(text: string): DocumentNode | readonly GraphQLError[] | undefined {
    const kept = this.#documents.get(text)
    return kept && toldOf(kept, text)
  }

  /** Returns the document, or what is wrong with it. A wrong one can take long. */
  read(text: string): DocumentNode | readonly GraphQLError[] {
    const checked = checkDocument(text, this.#rules)
    const kept = 'kind' in checked ? checked : checked.map(faultOf)
    this.#documents.set(text, kept)
    return toldOf(kept, text)
  }
}

function faultOf({ message, positions, extensions }: GraphQLError): Fault {
  // Copied, as a part of a text keeps the whole of it.
  return { message: Buffer.from(cutMessage(message)).toString(), positions, code: extensions.code }
}

function toldOf(kept: Kept, text: string): DocumentNode | readonly GraphQLError[] {
  if ('kind' in kept) return kept
  const source = new Source(text)
  return kept.map(({ message, positions, code }) => new GraphQLError(message, { source, positions, extensions: { code } }))
}

function sizeOf(kept: Kept, text: string): number {
  return ('kind' in kept ? bytesOfTokens(kept) : bytesOfFaults(kept)) + 2 * text.length + TOKEN_BYTES
}

function bytesOfTokens({ loc }: DocumentNode): number {
  let bytes = 0
  let token: Token | null | undefined = loc?.startToken
  while (token) {
    bytes += token.kind === TokenKind.COMMENT ? COMMENT_BYTES : TOKEN_BYTES
    token = token.next
  }
  return bytes
}

function bytesOfFaults(faults: readonly Fault[]): number {
  return faults.reduce((sum, { message, positions = [] }) => sum + ERROR_BYTES + 2 * message.length + 8 * positions.length, 0)
}
