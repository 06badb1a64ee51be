import { afterAll, beforeAll } from 'vitest'
import { makeDataFolder, TestServer } from './startServer.js'

/** The server of this file's tests, on an empty data folder. */
export let server: TestServer

/** Starts one server for all tests of a file. */
export function useServer(environment: Record<string, string> = {}): void {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  beforeAll(async () => {
    folder = await makeDataFolder()
    server = await TestServer.start(folder.path, environment)
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })
}
