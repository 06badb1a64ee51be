import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { bundleForBrowser } from '../../packages/tfjs-onnx/scripts/bundleForBrowser.mjs'
import { requireChromium } from '../../scripts/chromium.mjs'
import { median } from './statistics.mjs'

const ROUNDS = 3
const SECONDS = Number(process.env.HOURGLASS_BENCH_SECONDS ?? 3)
/** WebGL runs on the machine's graphics processor where there is one, and is computed by the processor elsewhere. */
const args = ['--no-sandbox', '--ignore-gpu-blocklist', '--enable-unsafe-swiftshader']

/** Measures the same training step in a page: compiled and run by ONNX Runtime, and eagerly on the backends of TensorFlow.js, in turns. */
export async function measure() {
  const site = await serve()
  const browser = await chromium.launch({ executablePath: requireChromium(), headless: true, args })
  const run = async (engine, threads) => {
    const page = await browser.newPage()
    await page.goto(site.url)
    const options = { engine, threads, seconds: SECONDS }
    const { imagesPerSecond, first, last } = await page.evaluate((given) => globalThis.measure(given), options)
    await page.close()
    if (!(last < first)) throw new Error(`${engine}: expected a loss that falls, got ${first} and then ${last}`)
    return imagesPerSecond
  }
  try {
    const threads = availableParallelism()
    const speeds = { onnx: [], wasm: [], webgl: [] }
    const alone = { onnx: [], wasm: [] }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [engine, found] of Object.entries(speeds)) found.push(await run(engine, threads))
      for (const [engine, found] of Object.entries(alone)) found.push(await run(engine, 1))
    }
    const renderer = await findRenderer(browser)
    return [
      rowOf(`dense 784-32-784, batch 128, in Chromium, ${threads} threads`, speeds.onnx, ['tfjs-backend-wasm', speeds.wasm]),
      rowOf('the same, on one thread', alone.onnx, ['tfjs-backend-wasm', alone.wasm]),
      rowOf('the same, beside WebGL', speeds.onnx, [`tfjs-backend-webgl (${renderer})`, speeds.webgl]),
    ]
  } finally {
    await browser.close()
    site.close()
  }
}

function rowOf(figure, ours, [peer, theirs]) {
  return {
    figure,
    value: median(ours),
    unit: 'images/s',
    peer: `${peer} ${Math.round(median(theirs)).toLocaleString('en')}`,
    ratio: median(ours.map((speed, round) => speed / theirs[round])),
  }
}

async function findRenderer(browser) {
  const page = await browser.newPage()
  const renderer = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl')
    const information = gl?.getExtension('WEBGL_debug_renderer_info')
    return information ? gl.getParameter(information.UNMASKED_RENDERER_WEBGL) : 'unknown'
  })
  await page.close()
  return /SwiftShader|llvmpipe/.test(renderer) ? 'computed by the processor' : renderer
}

/** Serves the page with what it loads. It is isolated from other origins: only such pages have threads. */
async function serve() {
  // Minified, the threads of tfjs-backend-wasm fail: it starts them with the text of one of its functions.
  const script = await bundleForBrowser(fileURLToPath(new URL('./browser/page.mjs', import.meta.url)), { minify: false })
  const require = createRequire(new URL('../../packages/tfjs-onnx/package.json', import.meta.url))
  const folders = ['onnxruntime-web', '@tensorflow/tfjs-backend-wasm'].map((name) => dirname(require.resolve(name)))
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
  const server = createServer(({ url }, response) => {
    const [body, type] = answerTo(url)
    response.writeHead(body === undefined ? 404 : 200, { ...isolated, 'content-type': type }).end(body)
  })
  /** @type {(url: string) => [body: string | Buffer | undefined, type: string]} */
  const answerTo = (url) => {
    if (url === '/') return ['<!doctype html><title>Benchmark</title><script type="module" src="/page.js"></script>', 'text/html']
    if (url === '/page.js') return [script, 'text/javascript']
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript'
    for (const folder of folders) {
      try {
        return [readFileSync(join(folder, url)), type]
      } catch (error) {
        if (error.code !== 'ENOENT') throw error
      }
    }
    return [undefined, 'text/plain']
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
