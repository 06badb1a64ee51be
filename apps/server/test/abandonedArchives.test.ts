import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

/** Models of 13 MB: more than sockets and pipes hold together. */
const largeConfig = { ...smallConfig, architecture: { dense: { latentDimension: 4, hiddenWidths: [2000] } } }

function exportersOf(server: TestServer): string[] {
  const of = server.process.pid
  const children = readFileSync(`/proc/${of}/task/${of}/children`, 'utf8').trim().split(' ')
  return children.filter((child) => child !== '' && commandOf(child).includes('exporter'))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function ask(server: TestServer, id: string): Promise<Socket> {
  const { hostname, port, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(`GET /archives/runs/${id}.tar HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  return socket
}

describe.skipIf(process.platform !== 'linux')('an archive that nobody waits for any more', () => {
  it('leaves no process and nothing on the disk, whenever its client leaves; and what is deleted then gives its space back', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(largeConfig)
    await server.untilStatus(id, 'COMPLETED')
    const archives = join(folder.path, 'archives')
    const staged = async () => (await readdir(archives).catch(() => [])).length
    // Before anything is done, while it is staged, while it is sent.
    for (const reached of ['asked', 'staged', 'sent']) {
      const socket = await ask(server, id)
      if (reached === 'staged') await expect.poll(staged, { interval: 5 }).toBeGreaterThan(0)
      if (reached === 'sent') {
        await once(socket, 'data')
        socket.pause()
        expect(await staged()).toBeGreaterThan(0)
        expect(exportersOf(server)).toHaveLength(1)
      }
      socket.destroy()
      await expect.poll(() => exportersOf(server)).toEqual([])
      await expect.poll(staged).toBe(0)
    }
    const [pack = ''] = await readdir(join(folder.path, 'runs', id, 'packs'))
    expect((await stat(join(folder.path, 'runs', id, 'packs', pack))).nlink).toBe(1)
  })

  it('leaves nothing where its process dies, and says so', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(largeConfig)
    await server.untilStatus(id, 'COMPLETED')
    const socket = await ask(server, id)
    await once(socket, 'data')
    socket.pause()
    // It may be closed as soon as the process is gone, before all of it is read or after.
    const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve))
    const [exporter] = exportersOf(server)
    process.kill(Number(exporter), 'SIGKILL')
    await expect.poll(() => readdirSync(join(folder.path, 'archives'))).toEqual([])
    socket.resume()
    await closed
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    rmSync(join(folder.path, 'archives'), { recursive: true })
    expect((await fetch(`${server.url}/archives/runs/${id}.tar`)).status).toBe(200)
  })
})
