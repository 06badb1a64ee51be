import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchSize, createAutoencoder, drawDiscs, trainEpoch } from '../../packages/tfjs-onnx/examples/page/autoencoder.js'
import { buildPage } from '../../packages/tfjs-onnx/examples/page/build.mjs'
import { startBrowser } from '../harness/browser.mjs'
import '../../packages/tfjs-onnx/test/eager.js'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-page-'))
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

describe('the example in a page', () => {
  it('trains an autoencoder in the browser, out of one file, as Node does', async () => {
    const file = join(folder, 'autoencoder.html')
    await buildPage(file)
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).protocol))
    await page.goto(pathToFileURL(file).href)
    await page.locator('body[data-trained], body[data-failed]').waitFor()
    expect(await page.getByRole('status').textContent()).toMatch(/^Epoch 30 of 30: error 0\.00\d{3}, \d+ images a second \(wasm\)$/)
    const losses: number[] = JSON.parse((await page.locator('body').getAttribute('data-losses')) ?? '[]')
    expect(new Set(asked)).toEqual(new Set(['file:']))
    await page.close()

    const autoencoder = await createAutoencoder()
    const images = drawDiscs(32 * batchSize)
    for (const loss of losses.slice(0, 3)) expect(Math.abs(loss - (await trainEpoch(autoencoder, images)))).toBeLessThan(1e-5)
    expect(losses).toHaveLength(30)
    expect(losses.at(-1)).toBeLessThan(0.1 * (losses[0] ?? 0))
  })
})
