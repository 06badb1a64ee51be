import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  Kind,
  OperationTypeNode,
} from 'graphql'
import type { Client } from '../../clients/Client.js'
import type { Operation } from '../../clients/Operations.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { LabMetrics } from '../../health/LabMetrics.js'
import type { Log } from '../../log.js'
import type { FollowedEvent } from '../../runs/feeds/runFeed.js'
import type { RunEvent } from '../../runs/RunReader.js'
import { answerIntrospection } from '../graphql/answerIntrospection.js'
import type { Doors } from './Doors.js'
import type { Asked, SharedResults } from './SharedResults.js'
import { streamEvents } from './streamEvents.js'

/** An operation that was admitted, and how it is carried out. */
export interface OpenedOperation {
  readonly operation: Operation
  /** Executes a query or a mutation when it is its turn. */
  execute(args: ExecutionArgs): Promise<ExecutionResult>
  /** Follows a subscription, and sends what it tells as results that are written already. */
  subscribe(args: ExecutionArgs, subscriber: Subscriber): Promise<AsyncGenerator<never, void> | ExecutionResult>
}

export interface Subscriber {
  readonly asked: Asked
  /** Sends a result that is written already. */
  readonly send: (result: Buffer) => Promise<void>
}

/** What an operation was asked for with. */
export interface Brought {
  /** Its document. */
  readonly query: string
  /** Of the message that it came with. */
  readonly bytes: number
  /** Ends the counting of them. */
  readonly giveBack: () => void
}

export interface SocketOperationsOptions {
  readonly doors: Doors
  readonly results: SharedResults
  readonly metrics: LabMetrics
  /** Names the client in each of its lines. */
  readonly log: Log
}

/** What every operation may bring uncounted, in bytes: a socket may have a hundred. */
const SMALL_BYTES = 4096

/** The operations of one socket: each is admitted and ended as one over HTTP is. */
export class SocketOperations {
  readonly #doors: Doors
  readonly #results: SharedResults
  readonly #metrics: LabMetrics
  readonly #log: Log
  readonly #client: Client
  readonly #socket: Socket
  readonly #open = new Set<() => void>()
  #charged = 0

  constructor({ doors, results, metrics, log }: SocketOperationsOptions, request: IncomingMessage) {
    this.#doors = doors
    this.#results = results
    this.#metrics = metrics
    this.#log = log
    this.#client = doors.identify(request)
    this.#socket = request.socket
  }

  /** Counts what came with an operation, before it is judged, as long as it is here; returns how to give that back, or why it is too much. */
  bring(bytes: number): (() => void) | readonly GraphQLError[] {
    if (bytes <= SMALL_BYTES) return () => undefined
    try {
      return this.#doors.gate.hold(this.#client, 'inputBytes', bytes)
    } catch (error) {
      return this.#refusalOf(error)
    }
  }

  /** Counts something that the client asks for; returns why it is not admitted, null where it is. */
  async admit(): Promise<readonly GraphQLError[] | null> {
    this.#chargeBytes()
    try {
      await this.#doors.gate.admit(this.#client)
      return null
    } catch (error) {
      return this.#refusalOf(error)
    }
  }

  /** Does what takes long where what the client sent is wrong. */
  async judge<Result>(work: () => Result): Promise<Result | readonly GraphQLError[]> {
    const leaving = new AbortController()
    const leave = () => leaving.abort(new HourglassError(errorCodes.operationCancelled, 'The client left.'))
    this.#open.add(leave)
    try {
      return await this.#doors.operations.alone(this.#client, work, leaving.signal)
    } catch (error) {
      return this.#refusalOf(error)
    } finally {
      this.#open.delete(leave)
    }
  }

  /** Opens an operation that was admitted, or tells why not; what it brought is given back once it is over. */
  open(
    document: DocumentNode,
    operationName: string | null | undefined,
    { query, bytes, giveBack }: Brought,
  ): OpenedOperation | readonly GraphQLError[] {
    const { gate, operations, followed } = this.#doors
    const holds = [giveBack]
    const release = () => {
      for (const give of holds.splice(0)) give()
    }
    try {
      const asked = getOperationAST(document, operationName)
      if (!asked) throw new HourglassError(errorCodes.badUserInput, whichOperation(document, operationName))
      const isSubscription = asked.operation === OperationTypeNode.SUBSCRIPTION
      // Each by itself: where the second is refused, the first is given back.
      if (isSubscription) holds.push(gate.hold(this.#client, 'subscriptions'))
      if (isSubscription) holds.push(followed.hold(this.#client, query))
      const operation = operations.open(this.#client, isSubscription)
      const close = () => {
        operation.end()
        release()
        this.#open.delete(close)
      }
      this.#open.add(close)
      return {
        operation,
        execute: (args) => executeInTurn(args, { operation, bytes }).finally(close),
        subscribe: (args, subscriber) => this.#subscribe(args, subscriber, close),
      }
    } catch (error) {
      release()
      return this.#refusalOf(error)
    }
  }

  /** The socket is gone. */
  closeAll(): void {
    this.#chargeBytes()
    for (const close of [...this.#open]) close()
  }

  async #subscribe(
    args: ExecutionArgs,
    { asked, send }: Subscriber,
    close: () => void,
  ): Promise<AsyncGenerator<never, void> | ExecutionResult> {
    try {
      const write = this.#results.writerFor(asked, this.#client)
      const began = new Date()
      const sent = (event: object) => {
        const at = storedAt(event)
        if (at && at > began) this.#metrics.delivered((Date.now() - at.getTime()) / 1000)
      }
      const result = await streamEvents(args, { write, send, sent, pause: () => this.#doors.streams.pause() })
      if (Symbol.asyncIterator in result) return whenOver(result, close)
      close()
      return result
    } catch (error) {
      close()
      throw error
    }
  }

  #refusalOf(error: unknown): readonly GraphQLError[] {
    if (!(error instanceof HourglassError)) throw error
    this.#doors.refusals.note(this.#client, error, this.#log)
    return [new GraphQLError(error.message, { originalError: error })]
  }

  #chargeBytes(): void {
    const { bytesWritten } = this.#socket
    void this.#doors.gate.charge(this.#client, { bytes: bytesWritten - this.#charged })
    this.#charged = bytesWritten
  }
}

function whichOperation({ definitions }: DocumentNode, operationName: string | null | undefined): string {
  const count = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length
  const got = operationName ? JSON.stringify(operationName.slice(0, 100)) : 'none'
  return `operationName: expected the name of one of the ${count} operations of the document, got ${got}.`
}

/** When an event of a run was stored; undefined of what is not stored, or tells of a row as it is now. */
function storedAt(event: object): Date | undefined {
  const { kind, event: stored } = event as Partial<FollowedEvent & { readonly event: RunEvent }>
  return kind === 'stored' ? stored?.at : undefined
}

async function executeInTurn(
  args: ExecutionArgs,
  { operation, bytes }: { readonly operation: Operation; readonly bytes: number },
): Promise<ExecutionResult> {
  const give = await operation.begin(bytes)
  try {
    return await (answerIntrospection(args) ?? execute(args))
  } finally {
    give()
  }
}

/** Tells when nobody reads an iteration any more: it has ended, failed, or was ended. */
function whenOver<Item>(items: AsyncGenerator<Item, void>, tell: () => void): AsyncGenerator<Item, void> {
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
