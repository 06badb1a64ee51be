import type { IncomingMessage } from 'node:http'
import { Arrivals } from '../../clients/Arrivals.js'
import type { Client } from '../../clients/Client.js'
import { ClientGate } from '../../clients/ClientGate.js'
import { FollowedDocuments } from '../../clients/FollowedDocuments.js'
import { identifyClients } from '../../clients/identifyClients.js'
import { Operations } from '../../clients/Operations.js'
import { ShortWork } from '../../clients/ShortWork.js'
import { WorkClock } from '../../clients/WorkClock.js'
import type { Log } from '../../log.js'
import type { Settings } from '../../Settings.js'
import { CheckedDocuments } from '../graphql/CheckedDocuments.js'
import { ownRules } from '../graphql/operationRules.js'
import { ClientLines } from './ClientLines.js'
import { OutputBudget } from './OutputBudget.js'
import { RefusalLog } from './RefusalLog.js'

/** Lines of one client in a period that are written in any case. */
const LEAST_LINES = 1_000

/** What requests and sockets pass alike. */
export interface Doors {
  readonly identify: (request: IncomingMessage) => Client
  readonly gate: ClientGate
  readonly operations: Operations
  readonly arrivals: Arrivals
  /** Sends events to those who follow them. */
  readonly streams: ShortWork
  /** Makes tables, a portion at a time. */
  readonly tables: ShortWork
  /** Hears what sockets bring. */
  readonly messages: ShortWork
  readonly output: OutputBudget
  readonly documents: CheckedDocuments
  readonly followed: FollowedDocuments
  readonly refusals: RefusalLog
  /** What the log has of clients. */
  readonly lines: ClientLines
}

/** Makes what everything that asks the API has to pass, by the settings. */
export function makeDoors(settings: Settings, log: Log): Doors {
  const gate = new ClientGate({ factor: settings.clientLimitFactor, period: settings.clientPeriod })
  const arrivals = new Arrivals()
  const clock = new WorkClock()
  const lines = new ClientLines({ most: Math.max(LEAST_LINES, gate.limits.requests), period: settings.clientPeriod, log })
  return {
    identify: identifyClients(settings),
    gate,
    operations: new Operations(gate, { clock, seconds: settings.operationSeconds }),
    arrivals,
    streams: new ShortWork(gate, arrivals, clock),
    messages: new ShortWork(gate, arrivals, clock),
    tables: new ShortWork(gate, arrivals, clock),
    documents: new CheckedDocuments(ownRules(settings)),
    followed: new FollowedDocuments(gate),
    refusals: new RefusalLog(lines),
    lines,
    output: new OutputBudget(log, settings.outputMegabytes * 1024 ** 2),
  }
}
