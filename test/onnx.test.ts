import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findPython, runInPython } from '../packages/tfjs-onnx/test/export/runInPython.js'
import { query, root } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'
import { emptyLab, type Lab, sharedLab } from './harness/sharedLab.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const RUN = 'query($id: ID!) { run(id: $id) { number status onnxModels { part url } } }'
const DECODE = 'query($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }'

const latentDimension = 4
const codes = [
  [0.5, -1, 2, 0],
  [0, 0, 0, 0],
  [1, 1, -3, 0.25],
]

let lab: Lab
let page: Page
let id: string
let expected: number[]

beforeAll(async () => {
  lab = await sharedLab()
  page = await openPage()
  const config = {
    data: { dataset: 'mnist', trainCount: 1000, testCount: 200 },
    architecture: { dense: { latentDimension, hiddenWidths: [16] } },
    training: { epochs: 2, batchSize: 100 },
  }
  id = (await query(lab.url, LAUNCH, { input: { name: 'Exported', config } })).launchRun.id
  const isTrained = async () => (await query(lab.url, RUN, { id })).run.status === 'COMPLETED'
  await vi.waitUntil(isTrained, { timeout: 300_000, interval: 50 })
  expected = (await query(lab.url, DECODE, { id, codes })).decode.flat()
})
afterAll(async () => {
  await page?.close()
  if (lab) await emptyLab(lab)
})

async function urlOf(part: string): Promise<string> {
  const { run } = await query(lab.url, RUN, { id })
  return run.onnxModels.find((model: { part: string }) => model.part === part).url
}

function expectReconstructions(values: ArrayLike<number>): void {
  expect(values).toHaveLength(expected.length)
  expect(expected.every((value, index) => Math.abs(value - (values[index] ?? Number.NaN)) < 1e-5)).toBe(true)
}

/** Files of onnxruntime-web as this installation has them. */
const ortFolder = dirname(createRequire(join(root, 'packages/tfjs-onnx/package.json')).resolve('onnxruntime-web'))

const runtimePage = '<!doctype html><script type="module">import * as ort from "/ort/ort.wasm.min.mjs"; window.ort = ort</script>'

/** Opens a page of the lab's origin that loads onnxruntime-web from /ort; everything else is the lab itself. */
async function openWithRuntime(): Promise<{ foreign: string[] }> {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${lab.url}/`)) foreign.push(request.url())
  })
  await page.route(`${lab.url}/ort/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.replace('/ort/', '')
    if (name === '') return route.fulfill({ contentType: 'text/html', body: runtimePage })
    const path = join(ortFolder, name)
    return existsSync(path) ? route.fulfill({ path }) : route.abort()
  })
  await page.goto(`${lab.url}/ort/`)
  await page.waitForFunction(() => 'ort' in window)
  return { foreign }
}

describe('a trained model as ONNX', () => {
  it('is downloaded from the run’s files', async () => {
    const { number } = (await query(lab.url, RUN, { id })).run
    await page.goto(`${lab.url}/runs/${id}?tab=files`)
    for (const part of ['encoder', 'decoder', 'autoencoder']) {
      const link = page.getByRole('link', { name: `Download ONNX: ${part}`, exact: true })
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
      expect(download.suggestedFilename()).toBe(`hourglass-${number}-epoch-2-${part}.onnx`)
      const served = new Uint8Array(await (await fetch(`${lab.url}${await urlOf(part.toUpperCase())}`)).arrayBuffer())
      expect(new Uint8Array(await readFile(await download.path()))).toEqual(served)
    }
  })

  it('decodes in Chromium with onnxruntime-web as the API does, and asks no other site for anything', async () => {
    const { foreign } = await openWithRuntime()
    const decoded = await page.evaluate(
      async ({ url, rows, width }) => {
        const { ort } = window as unknown as { ort: typeof import('onnxruntime-web') }
        ort.env.wasm.wasmPaths = '/ort/'
        ort.env.wasm.numThreads = 1
        const session = await ort.InferenceSession.create(new Uint8Array(await (await fetch(url)).arrayBuffer()))
        const input = new ort.Tensor('float32', Float32Array.from(rows.flat()), [rows.length, width])
        const { reconstructions } = await session.run({ codes: input })
        return Array.from(reconstructions?.data as Float32Array)
      },
      { url: await urlOf('DECODER'), rows: codes, width: latentDimension },
    )
    expectReconstructions(decoded)
    expect(foreign).toEqual([])
  })

  const { python, reason } = findPython()
  it.skipIf(!python)(`decodes in Python as the API does ${reason && `(skipped: ${reason})`}`, async () => {
    const model = new Uint8Array(await (await fetch(`${lab.url}${await urlOf('DECODER')}`)).arrayBuffer())
    const input = { shape: [codes.length, latentDimension], values: Float32Array.from(codes.flat()) }
    const [outputs] = runInPython(python ?? '', [{ model, inputs: { codes: input } }])
    expectReconstructions(outputs?.reconstructions?.values ?? [])
  })
})
