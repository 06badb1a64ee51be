import { completeRunConfig, encodeSafetensors, initializeParameters } from '@hourglass/autoencoders'
import { afterEach } from 'vitest'
import { connectModels } from '../src/entities/model/connectModels'
import { ModelClient } from '../src/entities/model/ModelClient'
import { openLatentModel } from '../src/entities/model/openLatentModel'

/** A small model of points of a plane. */
export const { architecture } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 2 } })
export const exampleShape = [2, 3]
export const parameters = initializeParameters(architecture, { exampleShape, seed: 1 })
/** Gives a file an address. */
export const addressOf = (file: Uint8Array) => `data:application/octet-stream;base64,${Buffer.from(file).toString('base64')}`
export const url = addressOf(encodeSafetensors(parameters))
export const signal = new AbortController().signal
export const example = new Float32Array(6).fill(0.5)

/** Closed after each test. */
export const clients: ModelClient[] = []

/** Closes the clients of each test of a file. */
export function closesClients(): void {
  afterEach(() => {
    for (const client of clients.splice(0)) client.close()
  })
}

export function newClient(connect: typeof connectModels = connectModels): ModelClient {
  const client = new ModelClient(connect)
  clients.push(client)
  return client
}
export const open = (client = newClient(), from = url) => openLatentModel({ architecture, exampleShape, url: from }, signal, client)
