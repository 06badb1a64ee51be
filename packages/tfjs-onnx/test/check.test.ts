import { describe, expect, it } from 'vitest'
import { CompileError, checkGraph, type Graph, type GraphNode, traceGraph, type Value } from '../src/index.js'
import { tf } from './eager.js'

const graph = traceGraph((inputs) => ({ y: tf.exp(tf.add(inputs.x, 1)) }), { inputs: { x: { shape: [2], dtype: 'float32' } } })
const [add, exp] = graph.nodes as readonly [GraphNode, GraphNode]

function messageFor(broken: Graph): string {
  try {
    checkGraph(broken)
  } catch (error) {
    if (error instanceof CompileError && error.code === 'INVALID_GRAPH') return error.message
    throw error
  }
  return 'no error'
}

const retyped = (node: GraphNode, type: Partial<Value>): GraphNode => ({
  ...node,
  outputs: node.outputs.map((output) => ({ ...output, ...type })),
})

describe('checkGraph', () => {
  it('accepts what was traced', () => {
    expect(messageFor(graph)).toBe('no error')
  })

  it.each<[string, Graph, string]>([
    ['a value used before it is defined', { ...graph, nodes: [exp, add] }, 'defined before it is used'],
    ['a value defined twice', { ...graph, nodes: [add, add, exp] }, 'one definition'],
    ['an output that nothing computes', { ...graph, nodes: [add] }, 'defined before it is used'],
    ['a wrong shape', { ...graph, nodes: [retyped(add, { shape: [3] }), exp] }, 'expected float32[2], got float32[3]'],
    ['a wrong type', { ...graph, nodes: [retyped(add, { dtype: 'int32' }), exp] }, 'expected float32[2], got int32[2]'],
    ['an unknown operator', { ...graph, nodes: [{ ...add, op: 'Frobnicate' as GraphNode['op'] }, exp] }, 'a known operator'],
    ['an unknown attribute', { ...graph, nodes: [{ ...add, attributes: { axis: 1 } }, exp] }, 'attributes among: none'],
    ['a missing operand', { ...graph, nodes: [{ ...add, inputs: add.inputs.slice(1) }, exp] }, '2 inputs'],
    [
      'a constant of the wrong length',
      { ...graph, constants: graph.constants.map((each) => ({ ...each, data: Float32Array.of(1, 2) })) },
      '1 elements',
    ],
    ['two outputs of one name', { ...graph, outputs: [...graph.outputs, ...graph.outputs] }, 'a name that occurs once'],
    ['an update without a state', { ...graph, updates: graph.outputs }, 'a state of that name'],
  ])('rejects %s', (_, broken, message) => {
    expect(messageFor(broken)).toContain(message)
  })
})
