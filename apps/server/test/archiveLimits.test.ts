import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Archives } from '../src/archives/Archives.js'
import { type ArchiveLimits, archiveLimits } from '../src/archives/archiveLimits.js'
import { requireSpace } from '../src/archives/freeSpace.js'
import { ImporterWatch } from '../src/archives/ImporterWatch.js'
import { unpackArchive } from '../src/archives/unpackArchive.js'
import type { HourglassError } from '../src/HourglassError.js'
import { makeDataFolder } from './startServer.js'
import { packed, tarEntry } from './tarFiles.js'

const files = (...names: string[]) => packed(new Map(names.map((name) => [name, Buffer.from(name)])))

describe('an archive that somebody sends', () => {
  it.each<readonly [what: string, archive: Uint8Array, limits: Partial<ArchiveLimits>, reason: RegExp]>([
    ['is compressed', gzipSync(Buffer.alloc(50_000_000)), {}, /compressed \(gzip\)\. Decompress it/],
    ['is no tar file', Buffer.alloc(2048, 'x'), {}, /no tar file/],
    ['has a file that is too large', files('backup.json', 'hourglass.db'), { database: 5 }, /hourglass\.db has 12 bytes, where 5 are/],
    ['has a description that is too long', files('backup.json'), { manifest: 3 }, /backup\.json has 11 bytes, where 3 are/],
    ['has too many files', files('backup.json', 'hourglass.db', 'runs/abcdefghijkl/a'), { entries: 2 }, /more than 2 files/],
    [
      'says that it holds more than it does',
      Buffer.concat([tarEntry('backup.json', Buffer.alloc(900_000)).subarray(0, 512), Buffer.alloc(2048)]),
      { manifest: 1e6 },
      /2,560 bytes that says it holds more/,
    ],
    ['has a file twice', Buffer.concat([files('backup.json').subarray(0, 1024), files('backup.json')]), {}, /backup\.json twice/],
    ['has folders in folders', files('backup.json', `runs/abcdefghijkl/${'a/'.repeat(20)}a`), {}, /holds File "runs/],
  ])('and that %s is refused, and unpacked no further', async (_, archive, limits, reason) => {
    await using folder = await makeDataFolder()
    await mkdir(folder.path, { recursive: true })
    const path = join(folder.path, 'archive.tar')
    await writeFile(path, archive)
    await expect(unpackArchive(path, join(folder.path, 'data'), { ...archiveLimits, ...limits })).rejects.toThrow(reason)
  })

  it('and that is larger than any may be, or than there is room for, leaves nothing', async () => {
    await using folder = await makeDataFolder()
    const workFolder = join(folder.path, 'archives')
    const withLimits = (limits: Partial<ArchiveLimits>) =>
      new Archives({ workFolder, limits } as unknown as ConstructorParameters<typeof Archives>[0])
    const chunks = () => Readable.from([Buffer.alloc(80), Buffer.alloc(80)])
    await expect(withLimits({ archive: 100 }).import(chunks(), 160)).rejects.toThrow(/at most 100 bytes, got 160 or more/)
    await expect(withLimits({ archive: 100 }).import(chunks())).rejects.toThrow(/at most 100 bytes/)
    const full = { code: 'DISK_FULL', message: expect.stringMatching(/free space to take it in.*Nothing was imported/) }
    await expect(withLimits({ free: 1e18 }).import(chunks(), 160)).rejects.toMatchObject(full)
    await expect(withLimits({ free: 1e18 }).import(chunks())).rejects.toMatchObject(full)
    expect(await readdir(workFolder)).toEqual([])
    await requireSpace(folder.path, 1, 1)
  })

  it.each<readonly [what: string, limits: Partial<ArchiveLimits>, reason: RegExp]>([
    ['memory', { memory: 1 }, /1 bytes of memory are enough/],
    ['space', { free: 1e18 }, /to stay free on the disk/],
    ['time', { seconds: 0 }, /opened within 0 s/],
  ])('is opened by a process that is ended where it takes too much %s', async (_, limits, reason) => {
    const problem = await new Promise<HourglassError>((onProblem) => {
      new ImporterWatch({ pid: process.pid, folder: '.', limits: { ...archiveLimits, memory: 1e15, free: 0, ...limits }, onProblem })
    })
    expect(problem.message).toMatch(reason)
  })
})
