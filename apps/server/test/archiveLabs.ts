import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect } from 'vitest'
import { makeDataFolder, TestServer } from './startServer.js'
import { packed } from './tarFiles.js'

export interface Answer {
  readonly runs: { readonly id: string; readonly number: number; readonly name: string }[]
  readonly experiment: { readonly id: string; readonly name: string } | null
  readonly lostFiles: number
}

export async function download(server: TestServer, kind: 'run' | 'experiment', id: string): Promise<Uint8Array> {
  const response = await fetch(`${server.url}/archives/${kind}s/${id}.tar`)
  expect(response.status, await response.clone().text()).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

export async function upload(server: TestServer, archive: Uint8Array<ArrayBuffer> | Uint8Array) {
  const headers = { 'content-type': 'application/x-tar' }
  const response = await fetch(`${server.url}/archives`, { method: 'POST', headers, body: new Uint8Array(archive) })
  return {
    status: response.status,
    body: (await response.json()) as Answer & { errors?: { message: string; extensions: { code: string } }[] },
  }
}

/** The same archive with a changed database. */
export async function withDatabase(
  entries: ReadonlyMap<string, Uint8Array>,
  change: (database: InstanceType<typeof SqliteDatabase>) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-archive-'))
  const path = join(folder, 'hourglass.db')
  await writeFile(path, entries.get('hourglass.db') ?? '')
  const database = new SqliteDatabase(path)
  change(database)
  database.close()
  const changed = new Map(entries).set('hourglass.db', await readFile(path))
  await rm(folder, { recursive: true })
  return packed(changed)
}

/** A lab that gives archives and one that takes them. */
export async function twoLabs(environment: Record<string, string> = {}) {
  const folders = [await makeDataFolder(), await makeDataFolder()] as const
  const [one, other] = await Promise.all(folders.map(({ path }) => TestServer.start(path, environment)))
  if (!one || !other) throw new Error('expected two servers')
  return {
    from: { path: folders[0].path, server: one },
    to: { path: folders[1].path, server: other },
    async [Symbol.asyncDispose]() {
      await Promise.all([one[Symbol.asyncDispose](), other[Symbol.asyncDispose]()])
      for (const folder of folders) await folder[Symbol.asyncDispose]()
    },
  }
}
