import { CompileError } from './errors.js'
import { type Constant, formatType, type Graph, sameShape, sizeOf, type Value } from './graph.js'
import { inferNode } from './inferNode.js'

/**
 * Verifies a graph before it is encoded: every value is defined once and before its uses, every operator is known, and
 * every dtype and shape is what its operator infers. Throws INVALID_GRAPH, which means a bug in a rule or a pass.
 */
export function checkGraph(graph: Graph): void {
  const defined = new Set<Value>()
  const ids = new Set<number>()
  const constants = new Map<Value, Constant>()

  const define = (value: Value) => {
    if (ids.has(value.id)) throw invalid(`%${value.id}`, 'one definition', 'two')
    ids.add(value.id)
    defined.add(value)
  }
  const use = (value: Value, where: string) => {
    if (!defined.has(value)) throw invalid(where, `%${value.id} to be defined before it is used`, 'a later or no definition')
  }
  const unique = (names: readonly { readonly name: string }[], kind: string) => {
    const repeated = names.find(({ name }, index) => names.findIndex((other) => other.name === name) !== index)
    if (repeated) throw invalid(`${kind} ${repeated.name}`, 'a name that occurs once', 'twice')
  }

  unique(graph.inputs, 'input')
  unique(graph.states, 'state')
  unique(graph.outputs, 'output')
  unique(graph.updates, 'update')
  for (const { value } of [...graph.inputs, ...graph.states]) define(value)
  for (const constant of graph.constants) {
    define(constant.value)
    constants.set(constant.value, constant)
    const size = sizeOf(constant.value.shape)
    if (constant.data.length !== size) throw invalid(`%${constant.value.id}`, `${size} elements`, `${constant.data.length}`)
  }
  for (const node of graph.nodes) {
    for (const value of node.inputs) use(value, node.op)
    const types = inferNode(node, (value) => constants.get(value))
    node.outputs.forEach((output, index) => {
      const type = types[index]
      if (!type || type.dtype !== output.dtype || !sameShape(type.shape, output.shape)) {
        throw invalid(`output ${index} of ${node.op}`, type ? formatType(type) : 'no output', formatType(output))
      }
      define(output)
    })
    if (types.length !== node.outputs.length) throw invalid(node.op, `${types.length} outputs`, `${node.outputs.length}`)
  }
  for (const { name, value } of graph.outputs) use(value, `output ${name}`)
  for (const { name, value } of graph.updates) {
    use(value, `update ${name}`)
    const state = graph.states.find((each) => each.name === name)
    if (!state || state.value.dtype !== value.dtype || !sameShape(state.value.shape, value.shape)) {
      throw invalid(`update ${name}`, state ? formatType(state.value) : 'a state of that name', formatType(value))
    }
  }
}

function invalid(subject: string, expected: string, got: string): CompileError {
  return new CompileError('INVALID_GRAPH', { subject, expected, got })
}
