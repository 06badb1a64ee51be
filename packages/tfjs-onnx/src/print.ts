import { type Constant, formatType, type Graph, type GraphNode, type Value } from './graph.js'
import { formatDraw } from './randomness/Draw.js'

/** Writes a graph in the grammar of graph.ts; long constants are shortened. */
export function printGraph(graph: Graph): string {
  const lines = [
    ...graph.inputs.map(({ name, value, draw }) => `input ${name} = ${printTyped(value)}${draw ? ` drawn ${formatDraw(draw)}` : ''}`),
    ...graph.states.map(({ name, value }) => `state ${name} = ${printTyped(value)}`),
    ...graph.constants.map(printConstant),
    ...graph.nodes.map(printNode),
    ...graph.outputs.map(({ name, value }) => `output ${name} = %${value.id}`),
    ...graph.updates.map(({ name, value }) => `update ${name} = %${value.id}`),
  ]
  return `graph {\n${lines.map((line) => `  ${line}\n`).join('')}}`
}

function printTyped(value: Value): string {
  return `%${value.id}: ${formatType(value)}`
}

const shownElements = 8

function printConstant({ value, data }: Constant): string {
  const shown = Array.from(data.slice(0, shownElements), String)
  const elements = data.length > shownElements ? [...shown, '…'] : shown
  return `const ${printTyped(value)} = ${value.shape.length === 0 ? elements.join('') : `[${elements.join(', ')}]`}`
}

function printNode({ op, inputs, outputs, attributes }: GraphNode): string {
  const call = `${outputs.map(printTyped).join(', ')} = ${op}(${inputs.map(({ id }) => `%${id}`).join(', ')})`
  const named = Object.entries(attributes).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return named.length > 0 ? `${call} {${named.join(', ')}}` : call
}
