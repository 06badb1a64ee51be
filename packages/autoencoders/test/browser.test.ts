import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

describe('the browser entry point', () => {
  it('bundles without Node or ONNX Runtime, and loads TensorFlow.js only on demand', async () => {
    const chunks = await bundle('../src/index.ts')
    const modules = chunks.flatMap(({ moduleIds }) => moduleIds)
    // TensorFlow.js's own Node platform asks for `util`, which its package.json leaves out of browsers; nothing else may.
    expect(modules.filter((id) => /onnxruntime|tfjs-onnx|tfjs-layers|^node:/.test(id))).toEqual([])
    expect(chunks.flatMap(({ imports }) => imports).filter((id) => id.startsWith('node:'))).toEqual([])
    const entry = chunks.find(({ isEntry }) => isEntry)
    const reachable = new Set<string>()
    const visit = (fileName: string): void => {
      if (reachable.has(fileName)) return
      reachable.add(fileName)
      for (const next of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) visit(next)
    }
    visit(entry?.fileName ?? '')
    const eager = chunks.filter(({ fileName }) => reachable.has(fileName)).flatMap(({ moduleIds }) => moduleIds)
    expect(eager.some((id) => id.endsWith('presets.ts'))).toBe(true)
    expect(eager.filter((id) => /@tensorflow|__vite-browser-external/.test(id))).toEqual([])
    expect(modules.some((id) => id.includes('@tensorflow/tfjs-backend-cpu'))).toBe(true)
  })
})

describe('the entry point of latent tools', () => {
  it('bundles without Node, ONNX Runtime or TensorFlow.js', async () => {
    const modules = (await bundle('../src/latent.ts')).flatMap(({ moduleIds }) => moduleIds)
    expect(modules.filter((id) => /onnxruntime|tfjs|tensorflow|^node:|__vite-browser-external/.test(id))).toEqual([])
    expect(modules.some((id) => id.includes('ml-matrix'))).toBe(true)
  })
})

/** Bundles an entry point as a page would, and returns its chunks. */
async function bundle(entry: string) {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['es'] },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((result) => ('output' in result ? result.output : []))
  return outputs.filter((output) => output.type === 'chunk')
}
