import { describe, expect, expectTypeOf, it } from 'vitest'
import { compile, exportOnnx, type InputSpecs, type InputTensors, type TensorOfShape, traceGraph } from '../src/index.js'
import { tf } from './eager.js'

const inputs = {
  rate: { shape: [], dtype: 'float32' },
  label: { shape: [4], dtype: 'int32' },
  x: { shape: [4, 3], dtype: 'float32' },
  image: { shape: [4, 2, 2, 1], dtype: 'float32' },
} as const

describe('the tensors of a compiled function', () => {
  it('have the ranks of the shapes that were declared', async () => {
    const compiled = await compile(
      ({ rate, label, x, image }) => {
        expectTypeOf(rate).toEqualTypeOf<tf.Scalar>()
        expectTypeOf(label).toEqualTypeOf<tf.Tensor1D>()
        expectTypeOf(x).toEqualTypeOf<tf.Tensor2D>()
        expectTypeOf(image).toEqualTypeOf<tf.Tensor4D>()
        // tf.image takes images alone, tf.oneHot gives back what it is given.
        const large = tf.image.resizeBilinear(image, [4, 4])
        return { sum: tf.add(tf.mul(rate, tf.sum(x)), tf.add(tf.sum(large), tf.sum(tf.oneHot(label, 3)))) }
      },
      { inputs },
    )
    expectTypeOf(compiled.run).parameter(0).toEqualTypeOf<{
      readonly rate: Float32Array
      readonly label: Int32Array
      readonly x: Float32Array
      readonly image: Float32Array
    }>()
    const { sum } = await compiled.run({
      rate: Float32Array.of(2),
      label: Int32Array.of(0, 1, 2, 0),
      x: new Float32Array(12).fill(1),
      image: new Float32Array(16).fill(1),
    })
    expect(sum).toEqual(Float32Array.of(2 * 12 + 64 + 4))
    await compiled.dispose()
  })

  it('have them where the sizes are variables, and where the function says what it takes', () => {
    const [batch, size] = [4, 3]
    const half = ({ x }: { readonly x: tf.Tensor2D }) => ({ y: tf.div(x, 2) })
    const graph = traceGraph(half, { inputs: { x: { shape: [batch, size], dtype: 'float32' } } })
    expect(graph.inputs).toHaveLength(1)
    // @ts-expect-error: the function takes a matrix, the input is a vector.
    traceGraph(half, { inputs: { x: { shape: [batch], dtype: 'float32' } } })
  })

  it('are not taken for those of another rank', () => {
    const image = { shape: [1, 2, 2, 1], dtype: 'float32' } as const
    // @ts-expect-error: an image is no matrix.
    traceGraph(({ x }) => ({ y: requireMatrix(x) }), { inputs: { x: image } })
    traceGraph(({ x }) => ({ y: requireMatrix(tf.reshape(x, [2, 2])) }), { inputs: { x: image } })
  })

  it('have the ranks of exported shapes, whose dimensions may have names', () => {
    const model = exportOnnx(
      ({ x }) => {
        expectTypeOf(x).toEqualTypeOf<tf.Tensor2D>()
        return { y: tf.mul(x, 2) }
      },
      { inputs: { x: { shape: ['batch', 3], dtype: 'float32' } } },
    )
    expect(model.length).toBeGreaterThan(0)
  })

  it('are of any rank where the shape is known only when the program runs', () => {
    expectTypeOf<TensorOfShape<readonly number[]>>().toEqualTypeOf<tf.Tensor>()
    expectTypeOf<InputTensors<InputSpecs>>().toEqualTypeOf<{ readonly [name: string]: tf.Tensor }>()
    const shapes: InputSpecs = { x: { shape: [2, 2], dtype: 'float32' } }
    const graph = traceGraph(
      (tensors) => {
        expectTypeOf(tensors.x).toEqualTypeOf<tf.Tensor | undefined>()
        return { y: tf.mul(tensors.x ?? 0, 2) }
      },
      { inputs: shapes },
    )
    expect(graph.outputs).toHaveLength(1)
  })
})

function requireMatrix(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(x, 2)
}
