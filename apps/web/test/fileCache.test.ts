import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeSafetensors } from '@hourglass/autoencoders'
import { QueryObserver } from '@tanstack/react-query'
import { afterEach, describe, expect, it } from 'vitest'
import { tensorsFile } from '../src/files/fileSources'
import { makeFileCache } from '../src/files/makeFileCache'

const file = encodeSafetensors({ values: { shape: [2], values: Float32Array.of(0.25, 0.5) } })

/** A server that drops or refuses the first requests, then answers with tensors; the last kind waits until it is released. */
async function serve(failures: ('drop' | 'wait' | number)[]) {
  let requests = 0
  const server = createServer((request, response) => {
    const failure = failures[requests++]
    if (failure === 'drop') request.socket.destroy()
    else if (failure === undefined) response.end(file)
    else if (failure !== 'wait') response.writeHead(failure).end('not a file')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`
  return { url, requests: () => requests, close: () => server.close().closeAllConnections() }
}

let close: () => unknown = () => {}
afterEach(() => close())

async function start(failures: ('drop' | 'wait' | number)[] = []) {
  const server = await serve(failures)
  const files = makeFileCache()
  close = () => {
    files.clear()
    server.close()
  }
  return { ...server, files }
}

describe('a file that does not arrive', () => {
  it.each([['drop' as const], [502]])('is asked for once more: %s', async (failure) => {
    const { files, url, requests } = await start([failure])
    const { values } = await files.fetchQuery(tensorsFile(url('a')))
    expect(values?.values).toEqual(Float32Array.of(0.25, 0.5))
    expect(requests()).toBe(2)
  })

  it('is given up after two attempts, and says which and what came', async () => {
    const { files, url, requests } = await start([500, 500, 500])
    await expect(files.fetchQuery(tensorsFile(url('a')))).rejects.toThrow(`tensors ${url('a')}: expected a file, got HTTP 500`)
    expect(requests()).toBe(2)
  })

  it('is not asked for again once nobody wants it', async () => {
    const { files, url, requests } = await start(['wait', 'drop'])
    const leave = new QueryObserver(files, tensorsFile(url('a'))).subscribe(() => {})
    await expect.poll(requests).toBe(1)
    leave()
    await expect.poll(() => files.isFetching()).toBe(0)
    await files.fetchQuery(tensorsFile(url('b'))).catch(() => undefined)
    expect(requests()).toBe(3)
  })
})

describe('a file that arrived', () => {
  it('is not asked for again while it is kept', async () => {
    const { files, url, requests } = await start()
    const first = await files.fetchQuery(tensorsFile(url('a')))
    expect(await files.fetchQuery(tensorsFile(url('a')))).toBe(first)
    expect(requests()).toBe(1)
  })

  it('goes when many others came since, and what is in use stays', async () => {
    const { files, url } = await start()
    const leave = new QueryObserver(files, tensorsFile(url('in use'))).subscribe(() => {})
    await expect.poll(() => files.isFetching()).toBe(0)
    for (let epoch = 0; epoch < 200; epoch++) await files.fetchQuery(tensorsFile(url(`epoch ${epoch}`)))
    const kept = files.getQueryCache().getAll()
    expect(kept.length).toBeLessThan(60)
    const isKept = (name: string) => files.getQueryData(tensorsFile(url(name)).queryKey) !== undefined
    expect(['in use', 'epoch 0', 'epoch 199'].map(isKept)).toEqual([true, false, true])
    leave()
  })

  it('is disposed of when it goes, where it holds more than memory', async () => {
    const { files } = await start()
    let open = 1
    await files.fetchQuery({ queryKey: ['model'], queryFn: async () => ({ dispose: () => (open -= 1) }) })
    expect(open).toBe(1)
    files.removeQueries({ queryKey: ['model'] })
    expect(open).toBe(0)
  })
})
