import fc from 'fast-check'
import { describe, it } from 'vitest'
import { compile } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'

type Map = (x: tf.Tensor4D) => tf.Tensor

const side = fc.integer({ min: 1, max: 7 })
const images = fc.record({ batch: fc.integer({ min: 1, max: 3 }), height: side, width: side, channels: fc.integer({ min: 1, max: 3 }) })
const targets = fc.tuple(images, side, side)

/**
 * Checks a gradient against the forward pass alone: where f is linear, or a maximum of linear maps, the gradient of <f(x), u>
 * has <gradient, x> = <f(x), u> (Euler's theorem on homogeneous functions).
 */
async function checkHomogeneous(
  map: Map,
  { batch, height, width, channels }: { batch: number; height: number; width: number; channels: number },
) {
  const shape = [batch, height, width, channels] as const
  const products = await compile(
    ({ x }) => {
      const weigh = (each: tf.Tensor) => {
        const y = map(each as tf.Tensor4D)
        return tf.sum(tf.mul(y, tf.reshape(tf.linspace(-1, 1.5, y.size), y.shape)))
      }
      return { forward: weigh(x), backward: tf.sum(tf.mul(tf.grad(weigh)(x), x)) }
    },
    { inputs: { x: { shape, dtype: 'float32' } }, threads: 1 },
  )
  const { forward, backward } = await products.run({ x: uniformArray(height + 10 * width, batch * height * width * channels) })
  await products.dispose()
  expectClose(backward, forward, 1e-5)
}

describe('where tfjs has another gradient, ours belongs to the forward pass:', () => {
  it.each([
    ['ResizeBilinear', tf.image.resizeBilinear],
    ['ResizeNearestNeighbor', tf.image.resizeNearestNeighbor],
  ])('%s', async (_, resize) => {
    await fc.assert(
      fc.asyncProperty(targets, fc.constantFrom('alignCorners', 'halfPixelCenters', 'neither'), async ([image, height, width], mode) => {
        await checkHomogeneous((x) => resize(x, [height, width], mode === 'alignCorners', mode === 'halfPixelCenters'), image)
      }),
      { seed: 3, numRuns: 12, endOnFailure: true },
    )
  })

  it.each([
    ['AvgPool with padding', tf.avgPool],
    ['MaxPool with padding', tf.maxPool],
  ])('%s', async (_, pool) => {
    await fc.assert(
      fc.asyncProperty(images, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), async (image, window, stride) => {
        await checkHomogeneous((x) => pool(x, window, stride, 'same'), image)
      }),
      { seed: 4, numRuns: 12, endOnFailure: true },
    )
  })
})
