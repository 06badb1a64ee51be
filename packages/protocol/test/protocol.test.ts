import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  describeRunEvent,
  elsewhereFormat,
  type Format,
  flattenValues,
  readPayload,
  readRunEvent,
  readStored,
  runEventPayloads,
  runReportSchema,
  runSpecSchema,
  versionOf,
  writePayload,
  writeRunEvent,
} from '../src/index.js'
import { printProtocol } from '../src/printProtocol.js'

const printedSchema = z.object({ $defs: z.record(z.string(), z.unknown()) })
const eventSchema = z.object({
  required: z.tuple([z.literal('seq'), z.literal('kind'), z.literal('at'), z.literal('payload')]),
  properties: z.object({
    kind: z.object({ const: z.string() }),
    payload: z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).optional() }),
  }),
})

describe('the protocol', () => {
  it('is the one that is committed as JSON Schema (npm run -w packages/protocol print-schema writes it)', async () => {
    expect(await readFile(new URL('../protocol.schema.json', import.meta.url), 'utf8')).toBe(printProtocol())
  })

  it('describes an event in print by its kind, with the payload of that kind, and names nothing that it does not describe', () => {
    const printed = printProtocol()
    const { $defs } = printedSchema.parse(JSON.parse(printed))
    const events = z.object({ oneOf: z.array(eventSchema) }).parse($defs.RunEvent)
    const described = events.oneOf.map(({ properties }) => [properties.kind.const, Object.keys(properties.payload.properties)])
    expect(described).toEqual(Object.entries(runEventPayloads).map(([kind, payload]) => [kind, [...Object.keys(payload.shape), 'version']]))
    const completed = events.oneOf.find(({ properties }) => properties.kind.const === 'EPOCH_COMPLETED')
    // As it is stored, without what has a default.
    expect(completed?.properties.payload.required).toEqual(['epoch'])
    const named = [...printed.matchAll(/"\$ref": "#\/\$defs\/(\w+)"/g)].map(([, name]) => name)
    expect(Object.keys($defs)).toEqual(expect.arrayContaining(['ElsewhereConfig', ...named]))
  })

  it('names a run that was trained elsewhere: any configuration, any metrics, steps, no data that are known here', () => {
    const config = { model: { width: 512, dropout: 0.1, layers: [512, 256] }, amp: true }
    const spec = runSpecSchema.parse({ kind: 'elsewhere', version: 1, config, dataset: null, epochs: null })
    expect(readStored(elsewhereFormat, { version: spec.version, value: spec.config })).toEqual({ value: config })
    const points = [{ at: 10_000_000, values: { 'loss/train': 0.5, lr: 1e-4, 'grad norm': null } }]
    expect(runReportSchema.parse({ type: 'logged', axis: 'step', points })).toMatchObject({ points })
  })

  it('lets no file name leave the folder of its run', () => {
    const report = (name: string) => ({ type: 'artifacts', artifacts: [{ name, type: 'checkpoint', bytes: 1, sha256: 'a'.repeat(64) }] })
    expect(runReportSchema.safeParse(report('checkpoints/0001.safetensors')).success).toBe(true)
    for (const name of ['../other', '/etc/passwd', 'a/../b', '.hidden', 'a//b', 'a\\b', '']) {
      expect(runReportSchema.safeParse(report(name)).success, name).toBe(false)
    }
  })
})

describe('stored values', () => {
  const format: Format<{ readonly width: number }> = {
    subject: 'shape',
    schema: z.strictObject({ width: z.number() }),
    upgrades: [(stored) => ({ size: stored }), (stored) => ({ width: z.object({ size: z.number() }).parse(stored).size })],
  }

  it('are read by the version that wrote them', () => {
    expect(versionOf(format)).toBe(3)
    for (const stored of [
      { version: 1, value: 7 },
      { version: 2, value: { size: 7 } },
      { version: 3, value: { width: 7 } },
    ]) {
      expect(readStored(format, stored)).toEqual({ value: { width: 7 } })
    }
  })

  it.each([
    [{ version: 4, value: { width: 7 } }, 'shape: expected version 1 to 3, got 4. A newer Hourglass wrote it; update this one to read it.'],
    [{ version: 3, value: { height: 7 } }, /^shape of version 3 cannot be read/],
    [{ version: 2, value: null }, /^shape of version 2: /],
  ])('that cannot be read say why: %j', (stored, problem) => {
    expect(readStored(format, stored)).toEqual({ problem: typeof problem === 'string' ? problem : expect.stringMatching(problem) })
  })
})

describe('stored payloads of events', () => {
  const first: Format<{ readonly name: string }> = { subject: 'payload of RENAMED', schema: z.object({ name: z.string() }), upgrades: [] }
  const second: Format<{ readonly to: string }> = {
    subject: 'payload of RENAMED',
    schema: z.strictObject({ to: z.string() }),
    upgrades: [(stored) => ({ to: z.object({ name: z.string() }).parse(stored).name })],
  }

  it('have a version, which is 1 where none is in them, and are read by later ones', () => {
    const stored = writePayload(first, { name: 'a' })
    expect(stored).toEqual({ name: 'a' })
    for (const payload of [stored, { ...stored, version: 1 }]) {
      expect(readPayload(first, payload)).toEqual({ value: { name: 'a' } })
      expect(readPayload(second, payload)).toEqual({ value: { to: 'a' } })
    }
    const rewritten = writePayload(second, { to: 'a' })
    expect(rewritten).toEqual({ to: 'a', version: 2 })
    expect(readPayload(second, rewritten)).toEqual({ value: { to: 'a' } })
  })

  it.each([[2], ['2'], [null], [0], [1.5]])('of version %j, which this one does not know, are refused with what to do', (version) => {
    expect(readPayload(first, { name: 'a', version })).toEqual({
      problem: expect.stringMatching(/^payload of RENAMED: expected version 1 to 1, got .*update this one to read it\.$/),
    })
  })

  it.each([['[]'], ['null'], ['"a"'], ['{}']])('that are none of their kind are refused: %s', (stored) => {
    expect(readRunEvent('RENAMED', JSON.parse(stored))).toEqual({ problem: expect.stringContaining('payload of RENAMED of version 1') })
  })

  it('are written and read by the format of their kind, and leave the name of the version free', () => {
    const read = readRunEvent('RENAMED', JSON.parse(JSON.stringify(writeRunEvent('RENAMED', { name: 'a' }))))
    expect(read).toEqual({ value: { name: 'a' } })
    expect('value' in read && describeRunEvent('RENAMED', read.value)).toBe('Renamed to a')
    for (const [kind, { shape }] of Object.entries(runEventPayloads)) expect(Object.keys(shape), kind).not.toContain('version')
  })
})

describe('named values', () => {
  it('are listed by their paths', () => {
    const tree = {
      architecture: { kind: 'dense', hidden: [512, 256], tied: false },
      rate: 0.1,
      labels: null,
      odd: Number.NaN,
      list: [{ a: 1 }],
    }
    expect(flattenValues(tree)).toEqual([
      { key: 'architecture.kind', value: 'dense' },
      { key: 'architecture.hidden', value: '512, 256' },
      { key: 'architecture.tied', value: 'false' },
      { key: 'rate', value: 0.1 },
      { key: 'list.0.a', value: 1 },
    ])
  })
})
