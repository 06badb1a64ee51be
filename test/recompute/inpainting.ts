import { latentDimensionOf } from '@hourglass/autoencoders'
import { createRandom } from '@hourglass/datasets'
import { type Measured, type Metrics, pick, placesOf, sidesOf } from './Measured.js'
import { clip, meanSquaredErrorOf } from './measures.js'
import { decode, encode, logVariancesOf, type Row } from './network.js'

const [ITERATIONS, CHAINS] = [20, 8]

/** Fills in the lower half by encoding and decoding over and over; with a variational encoder by chains of drawn codes and pixels. */
export function inpaintingOf(measured: Measured, test: readonly Row[], centre: Row): Metrics {
  const { config, network, dataset, counts } = measured
  const sides = sidesOf(dataset)
  if (!sides) return {}
  const [height, width] = sides
  const missing = Math.floor(height / 2) * width
  const images = pick(test, placesOf(measured, 'test', counts.inpainting ?? 0))
  const units = latentDimensionOf(config.architecture, dataset.exampleShape)
  const isVariational = network.logVariance !== null
  const drawsPixels = isVariational && config.loss === 'binaryCrossEntropy'
  const [codeRandom, pixelRandom] = ['analysis/inpainting', 'analysis/inpaintingPixels'].map((stream) =>
    createRandom(config.training.seed, stream),
  )
  const numbers = (length: number) => new Float32Array(length)
  const sums = images.map((image) => new Float64Array(image.length))
  const chains = isVariational ? CHAINS : 1
  let draws = 0
  for (let chain = 0; chain < chains; chain++) {
    let current = images.map((image) => image.map((value, index) => (index < missing ? value : (centre[index] ?? 0))))
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const [noise, uniform] = [numbers(images.length * units), numbers(images.length * height * width)]
      codeRandom?.fillNormal(noise, { offset: draws * noise.length })
      pixelRandom?.fillUniform(uniform, { offset: draws * uniform.length })
      draws++
      current = current.map((image, place) => {
        const code = encode(network, image)
        const logVariances = isVariational ? logVariancesOf(network, image) : null
        const drawn = code.map(
          (value, unit) => value + (logVariances ? Math.exp((logVariances[unit] ?? 0) / 2) * (noise[place * units + unit] ?? 0) : 0),
        )
        const means = clip(decode(network, drawn))
        if (iteration >= ITERATIONS / 2)
          means.forEach((value, index) => {
            const sum = sums[place]
            if (sum) sum[index] = (sum[index] ?? 0) + value
          })
        return (images[place] ?? image).map((value, index) => {
          if (index < missing) return value
          const filled = means[index] ?? 0
          return drawsPixels ? ((uniform[place * image.length + index] ?? 0) < Math.fround(filled) ? 1 : 0) : filled
        })
      })
    }
  }
  const expected = sums.map((sum) => sum.map((value) => value / (chains * (ITERATIONS / 2))).subarray(missing))
  return {
    inpaintingMeanSquaredError: meanSquaredErrorOf(
      images.map((image) => image.subarray(missing)),
      expected,
    ),
  }
}
