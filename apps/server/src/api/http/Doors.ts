import type { IncomingMessage } from 'node:http'
import { Arrivals } from '../../clients/Arrivals.js'
import type { Client } from '../../clients/Client.js'
import { ClientGate } from '../../clients/ClientGate.js'
import { identifyClients } from '../../clients/identifyClients.js'
import { Operations } from '../../clients/Operations.js'
import { StreamWork } from '../../clients/StreamWork.js'
import type { Log } from '../../log.js'
import type { Settings } from '../../Settings.js'
import { OutputBudget } from './OutputBudget.js'

/** What requests and sockets pass alike. */
export interface Doors {
  readonly identify: (request: IncomingMessage) => Client
  readonly gate: ClientGate
  readonly operations: Operations
  readonly arrivals: Arrivals
  readonly streams: StreamWork
  readonly output: OutputBudget
}

/** Makes what everything that asks the API has to pass, by the settings. */
export function makeDoors(settings: Settings, log: Log): Doors {
  const gate = new ClientGate({ factor: settings.clientLimitFactor, period: settings.clientPeriod })
  const arrivals = new Arrivals()
  return {
    identify: identifyClients(settings),
    gate,
    operations: new Operations(gate),
    arrivals,
    streams: new StreamWork(gate, arrivals),
    output: new OutputBudget(log, settings.outputMegabytes * 1024 ** 2),
  }
}
