/**
 * Puts the page, its script and ONNX Runtime's WebAssembly into one file that a browser opens without a server:
 *
 *     node packages/tfjs-onnx/examples/page/build.mjs [autoencoder.html]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { bundleForBrowser } from '../../scripts/bundleForBrowser.mjs'

/** @param {string} name */
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Writes the page into one file. @param {string} file */
export async function buildPage(file) {
  const script = await bundleForBrowser(pathOf('page.mjs'))
  const runtime = readFileSync(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'))
  /** @type {Record<string, string>} */
  const parts = { RUNTIME: gzipSync(runtime, { level: 9 }).toString('base64'), SCRIPT: script.replaceAll('</script', '<\\/script') }
  writeFileSync(
    file,
    readFileSync(pathOf('page.html'), 'utf8').replace(/>(RUNTIME|SCRIPT)</g, (_, name) => `>${parts[name]}<`),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? 'autoencoder.html'
  await buildPage(file)
  process.stdout.write(`${file} can be opened in a browser.\n`)
}
