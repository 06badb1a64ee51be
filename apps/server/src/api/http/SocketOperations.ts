import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
  subscribe,
} from 'graphql'
import type { Client } from '../../clients/Client.js'
import type { Operation } from '../../clients/Operations.js'
import { HourglassError } from '../../HourglassError.js'
import { answerIntrospection } from '../graphql/answerIntrospection.js'
import type { Doors } from './Doors.js'

/** An operation that was admitted, and how it is carried out. */
export interface OpenedOperation {
  readonly operation: Operation
  /** Executes a query or a mutation when it is its turn. */
  execute(args: ExecutionArgs): Promise<ExecutionResult>
  subscribe(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>
}

/** The operations of one socket: each is admitted and ended as one over HTTP is. */
export class SocketOperations {
  readonly #doors: Doors
  readonly #client: Client
  readonly #socket: Socket
  readonly #open = new Set<() => void>()
  #charged = 0

  constructor(doors: Doors, request: IncomingMessage) {
    this.#doors = doors
    this.#client = doors.identify(request)
    this.#socket = request.socket
  }

  /** Admits an operation, or tells why not. */
  async open(document: DocumentNode, operationName: string | null | undefined): Promise<OpenedOperation | readonly GraphQLError[]> {
    const { gate, operations } = this.#doors
    this.#chargeBytes()
    try {
      await gate.admit(this.#client)
      const isSubscription = getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
      const release = isSubscription ? gate.hold(this.#client, 'subscriptions') : () => undefined
      const operation = operations.open(this.#client, isSubscription)
      const close = () => {
        operation.end()
        release()
        this.#open.delete(close)
      }
      this.#open.add(close)
      return {
        operation,
        execute: (args) => executeInTurn(args, operation).finally(close),
        subscribe: (args) => subscribeUntil(args, close),
      }
    } catch (error) {
      if (error instanceof HourglassError) return [new GraphQLError(error.message, { originalError: error })]
      throw error
    }
  }

  /** The socket is gone. */
  closeAll(): void {
    this.#chargeBytes()
    for (const close of [...this.#open]) close()
  }

  #chargeBytes(): void {
    const { bytesWritten } = this.#socket
    void this.#doors.gate.charge(this.#client, { bytes: bytesWritten - this.#charged })
    this.#charged = bytesWritten
  }
}

async function executeInTurn(args: ExecutionArgs, operation: Operation): Promise<ExecutionResult> {
  const give = await operation.begin()
  try {
    return await (answerIntrospection(args) ?? execute(args))
  } finally {
    give()
  }
}

async function subscribeUntil(
  args: ExecutionArgs,
  close: () => void,
): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  try {
    const result = await subscribe(args)
    if (Symbol.asyncIterator in result) return whenOver(result, close)
    close()
    return result
  } catch (error) {
    close()
    throw error
  }
}

/** Tells when nobody reads an iteration any more: it has ended, failed, or was ended. */
function whenOver<Item>(items: AsyncGenerator<Item, void, void>, tell: () => void): AsyncGenerator<Item, void, void> {
  const ended = async (result: Promise<IteratorResult<Item, void>>) => {
    try {
      const next = await result
      if (next.done) tell()
      return next
    } catch (error) {
      tell()
      throw error
    }
  }
  return {
    next: () => ended(items.next()),
    return: () => {
      tell()
      return items.return()
    },
    throw: (error) => ended(items.throw(error)),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
