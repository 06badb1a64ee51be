import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const TOLERANCE = 1e-4

/** A small model of every architecture, as the API takes them. */
const architectures = {
  dense: { dense: { latentDimension: 8, hiddenWidths: [32] } },
  'dense with tied weights': { dense: { latentDimension: 4, hiddenWidths: [24, 12], decoderWeights: 'TIED' } },
  'dense variational': { dense: { latentDimension: 3, hiddenWidths: [16], encoder: { variational: { beta: 1 } } } },
  convolutional: { convolutional: { filters: [2, 3], bottleneck: { featureMap: { channels: 2 } } } },
  'convolutional variational with upsampling': {
    convolutional: {
      filters: [2, 2, 3],
      kernelSize: 4,
      bottleneck: { dense: { latentDimension: 4 } },
      upsampling: 'NEAREST_NEIGHBOR',
      encoder: { variational: { beta: 1 } },
    },
  },
} as const

/** What the page and its worker say to each other. */
interface Said {
  readonly kind: string
  readonly values: readonly number[]
  readonly answer: readonly number[]
}

/**
 * Opens a page that writes down what it has its worker encode and decode of single examples, and what is answered. What computes in the page itself is not heard: `isHere`
 * says whether small models may.
 */
async function openListening({ isHere }: { readonly isHere: boolean }): Promise<Page> {
  const opened = await page.context().browser()?.newPage()
  if (!opened) throw new Error('expected the browser of the page, got none')
  await opened.addInitScript((isHere) => {
    const said: Said[] = []
    const asked = new Map<number, { kind: string; values: number[] }>()
    const hear = ({ data }: MessageEvent) => {
      const call = asked.get(data?.id)
      if (call && data.type === 'done' && data.answer instanceof Float32Array) said.push({ ...call, answer: Array.from(data.answer) })
    }
    const send = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (this: Worker, message, ...more) {
      // Without its parameters the page has no model.
      if (message?.kind === 'parameters' && !isHere) return
      const { values, count } = message?.call ?? {}
      if (message?.type === 'call' && values && count === 1) asked.set(message.id, { kind: message.kind, values: Array.from(values) })
      return (send as (...all: unknown[]) => void).call(this, message, ...more)
    } as typeof send
    // Answers to single examples come by a channel of their own.
    const Channel = globalThis.BroadcastChannel
    globalThis.BroadcastChannel = class extends Channel {
      constructor(name: string) {
        super(name)
        this.addEventListener('message', hear)
      }
    }
    Object.assign(globalThis, { said })
  }, isHere)
  return opened
}

const saidOn = (opened: Page, kind: string) =>
  opened.evaluate((wanted) => (globalThis as unknown as { said: Said[] }).said.filter((one) => one.kind === wanted), kind)

/** Opens the latent space of a run. */
async function visit(opened: Page, id: string): Promise<void> {
  await opened.goto(`${lab.url}/runs/${id}?tab=latent`)
  await opened.locator('[data-testid="decoded-image"][data-ready]').waitFor()
}

const startFrom = (opened: Page, example: number) =>
  opened.getByRole('button', { name: new RegExp(`^Start from test image ${example},`) }).click()

const drawnOn = (opened: Page) =>
  opened
    .locator('canvas[data-testid="decoded-image"], [data-testid="decoded-image"] canvas')
    .evaluate((node) => (node as HTMLCanvasElement).toDataURL())

const farthest = (a: readonly number[], b: readonly number[]) => {
  expect(a).toHaveLength(b.length)
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? Number.NaN))), 0)
}

describe.each(Object.entries(architectures))('the architecture %s', (_name, architecture) => {
  it('encodes and decodes in the browser to what the server says, to 1e-4', async () => {
    const config = { data: { dataset: 'mnist', trainCount: 300, testCount: 200 }, architecture, training: { epochs: 1, batchSize: 50 } }
    const id = (await query(lab.url, LAUNCH, { input: { config } })).launchRun.id
    await untilServerSays(id, 'COMPLETED')
    const opened = await openListening({ isHere: false })
    const said = (kind: string) => saidOn(opened, kind)
    await visit(opened, id)
    await startFrom(opened, 1)
    await expect.poll(async () => (await said('encode')).length).toBeGreaterThan(0)
    const [encoded] = await said('encode')
    await expect.poll(async () => (await said('decode')).some(({ values }) => farthest(values, encoded?.answer ?? []) === 0)).toBe(true)
    const decoded = (await said('decode')).find(({ values }) => farthest(values, encoded?.answer ?? []) === 0)
    const { encode } = await query(lab.url, 'query($id: ID!, $x: [[Float!]!]!) { encode(runId: $id, images: $x) }', {
      id,
      x: [encoded?.values],
    })
    const { decode } = await query(lab.url, 'query($id: ID!, $z: [[Float!]!]!) { decode(runId: $id, codes: $z) }', {
      id,
      z: [decoded?.values],
    })
    expect(farthest(encoded?.answer ?? [], encode[0])).toBeLessThan(TOLERANCE)
    expect(farthest(decoded?.answer ?? [], decode[0])).toBeLessThan(TOLERANCE)

    // The page itself comes to the same.
    const direct = await openListening({ isHere: true })
    await visit(direct, id)
    await expect
      .poll(async () => {
        await startFrom(direct, 2)
        const before = (await saidOn(direct, 'encode')).length
        await startFrom(direct, 1)
        await expect.poll(() => drawnOn(direct)).toBe(await drawnOn(opened))
        return (await saidOn(direct, 'encode')).length - before
      })
      .toBe(0)
    await Promise.all([opened.close(), direct.close()])
  })
})
