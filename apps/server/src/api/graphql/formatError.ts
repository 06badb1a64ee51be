import { randomUUID } from 'node:crypto'
import { ApolloServerErrorCode } from '@apollo/server/errors'
import { AutoencoderError } from '@hourglass/autoencoders'
import { DatasetError, RandomError } from '@hourglass/datasets'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { refusalOf } from '../../database/StoreWriter.js'
import { storeFaultOf } from '../../database/storeFault.js'
import { HourglassError } from '../../HourglassError.js'
import type { Log } from '../../log.js'

/** Characters of a message and of each text beside it: what a client sent may be in them, and as often as its document asks for it. */
const MAXIMUM_MESSAGE_LENGTH = 4_000
const MAXIMUM_DETAIL_LENGTH = 1_000

/**
 * Turns whatever an operation threw into what the client sees, the same over HTTP and WebSocket: a code and a message that helps for what the client
 * caused; for everything else an id under which the log has the rest.
 */
export function formatError(error: unknown, log: Log): GraphQLFormattedError {
  return shortenError(describeError(error, log))
}

/** Cuts what an error says to a length. */
export function shortenError({ message, extensions, ...place }: GraphQLFormattedError): GraphQLFormattedError {
  return { message: cutMessage(message), ...place, ...(extensions && { extensions: shorten(extensions) }) }
}

function shorten<Value>(value: Value): Value {
  if (typeof value === 'string') return cut(value, MAXIMUM_DETAIL_LENGTH) as Value
  if (Array.isArray(value)) return value.map(shorten) as Value
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shorten(item)])) as Value
}

/** Cuts a message to a length. */
export const cutMessage = (message: string) => cut(message, MAXIMUM_MESSAGE_LENGTH)

const cut = (text: string, maximum: number) => (text.length <= maximum ? text : `${text.slice(0, maximum)} …`)

function describeError(error: unknown, log: Log): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error
  const where = error instanceof GraphQLError ? { locations: error.locations, path: error.path } : {}
  const place = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined))
  if (cause instanceof HourglassError) {
    return { message: cause.message, ...place, extensions: { code: cause.code, ...cause.details } }
  }
  if (cause instanceof AutoencoderError || cause instanceof DatasetError || cause instanceof RandomError) {
    return { message: cause.message, ...place, extensions: { code: cause.code } }
  }
  if (cause instanceof GraphQLError) {
    // What graphql-js itself reports is the client's to know (syntax, validation, values of variables and arguments) and points at the
    // document; only a result that its type cannot serialise has no place of its own there, and is ours.
    const isResult = error instanceof GraphQLError && error.path !== undefined && cause.nodes === undefined
    const fallback = isResult ? ApolloServerErrorCode.INTERNAL_SERVER_ERROR : ApolloServerErrorCode.BAD_USER_INPUT
    const code = cause.extensions.code ?? fallback
    if (code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR) return { message: cause.message, ...place, extensions: { code } }
  }
  const fault = storeFaultOf(cause)
  if (fault) {
    log.error({ err: cause }, 'store fails')
    const { message, code, details } = refusalOf(fault)
    return { message, ...place, extensions: { code, ...details } }
  }
  const errorId = randomUUID()
  log.error({ err: cause, errorId }, 'internal error')
  const message = `Something went wrong in the server; its log has more under ${errorId}.`
  return { message, ...place, extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, errorId } }
}
