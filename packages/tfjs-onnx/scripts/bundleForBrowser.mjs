import { rolldown } from 'rolldown'

/**
 * Bundles a module and all that it imports for a browser and returns the code.
 * @param {string} input
 * @param {{ minify?: boolean }} [options]
 */
export async function bundleForBrowser(input, { minify = true } = {}) {
  const bundle = await rolldown({
    input,
    platform: 'browser',
    // The packages of TensorFlow.js name as files with side effects others than they are loaded from: backends and kernels would not register.
    treeshake: { moduleSideEffects: [{ test: /@tensorflow/, sideEffects: true }] },
    checks: { eval: false },
  })
  const { output } = await bundle.generate({ format: 'esm', minify, codeSplitting: false })
  await bundle.close()
  return output[0].code
}
