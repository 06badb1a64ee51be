import { openChain, packNumbers } from '@hourglass/chapter/models'

/** @typedef {import('@hourglass/autoencoders').RunConfig} RunConfig */
/** @typedef {import('@hourglass/chapter/models').DenseChain} DenseChain */
/** @typedef {'encoder' | 'decoder'} Half */

/** Test examples that errors are told of. */
const ROWS = 2_000

/**
 * Packs a trained dense model with its errors on test examples, as it was trained and as it is shipped. A denoising one is scored on clean examples: it is these that
 * it gives back.
 * @param {object} options
 * @param {string} options.label
 * @param {RunConfig} options.config
 * @param {number} options.exampleSize
 * @param {import('@hourglass/autoencoders').NamedTensors} options.parameters
 * @param {readonly Float32Array[]} options.test
 * @param {8 | 32} options.bits
 * @param {boolean} options.keepsEncoder
 */
export function packModel({ label, config, exampleSize, parameters, test, bits, keepsEncoder }) {
  const pack = (half, weightBits) =>
    layersOf(half, config, exampleSize).map(({ name, ...layer }) => ({
      ...layer,
      kernel: packNumbers(kernelOf(name, layer), weightBits),
      bias: packNumbers(parameters[`${name}/bias`].values, 32),
    }))
  const layers = config.architecture.hiddenWidths.length + 1
  // Tied, the kernel of a decoder's layer is that of the encoder's layer that it mirrors, transposed.
  const kernelOf = (name, { inputs, outputs }) => {
    const own = parameters[`${name}/kernel`]
    if (own) return own.values
    const mirrored = parameters[`encoder/${layers - 1 - Number(name.split('/')[1])}/kernel`].values
    return Float32Array.from({ length: inputs * outputs }, (_, place) => mirrored[(place % outputs) * inputs + Math.floor(place / outputs)])
  }
  const encoder = openChain(pack('encoder', 32))
  const shippedEncoder = pack('encoder', bits)
  const decoder = pack('decoder', bits)
  const trained = meanSquaredError({ encoder, decoder: openChain(pack('decoder', 32)) }, test)
  const shipped = meanSquaredError({ encoder: keepsEncoder ? openChain(shippedEncoder) : encoder, decoder: openChain(decoder) }, test)
  return {
    encoder,
    model: {
      label,
      config,
      codeUnits: config.architecture.latentDimension,
      error: { trained, shipped },
      encoder: keepsEncoder ? shippedEncoder : null,
      decoder,
    },
  }
}

function layersOf(half, { architecture }, exampleSize) {
  const { hiddenWidths, latentDimension, hiddenActivation, codeActivation, outputActivation } = architecture
  const inward = [exampleSize, ...hiddenWidths, latentDimension]
  const widths = half === 'encoder' ? inward : inward.toReversed()
  const last = half === 'encoder' ? codeActivation : outputActivation
  return widths.slice(1).map((outputs, index) => ({
    name: `${half}/${index}`,
    inputs: widths[index],
    outputs,
    activation: index === widths.length - 2 ? last : hiddenActivation,
  }))
}

function meanSquaredError({ encoder, decoder }, test) {
  const rows = test.slice(0, ROWS)
  const errorOf = (example) =>
    decoder.run(encoder.run(example)).reduce((sum, value, index) => sum + (value - example[index]) ** 2, 0) / example.length
  return rows.reduce((sum, example) => sum + errorOf(example), 0) / rows.length
}
