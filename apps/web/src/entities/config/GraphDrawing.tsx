import { useId } from 'react'
import type { ComputationalGraph, GraphEdge, GraphNode } from './computationalGraph'
import classes from './GraphDrawing.module.css'

interface GraphDrawingProps {
  readonly graph: ComputationalGraph
  /** Whether x stands at the left and L at the right, at the top and at the bottom, or as the first without words, for narrow places. */
  readonly layout: keyof typeof layouts
}

interface Measures {
  /** Between neighbours on the way from x to L, and between rows above it. */
  readonly step: number
  readonly aside: number
  /** How far off the way the arrow from x to L turns. */
  readonly turn: number
  /** Radius of circles, half the height of boxes. */
  readonly radius: number
  readonly margin: { readonly before: number; readonly after: number; readonly above: number; readonly below: number }
  readonly isUpright: boolean
  readonly hasDetails: boolean
}

const layouts = {
  across: {
    step: 96,
    aside: 82,
    turn: 74,
    radius: 19,
    margin: { before: 34, after: 138, above: 52, below: 10 },
    isUpright: false,
    hasDetails: true,
  },
  down: {
    step: 66,
    aside: 80,
    turn: 152,
    radius: 18,
    margin: { before: 24, after: 44, above: 74, below: 12 },
    isUpright: true,
    hasDetails: true,
  },
  small: {
    step: 40,
    aside: 34,
    turn: 26,
    radius: 12,
    margin: { before: 16, after: 16, above: 16, below: 6 },
    isUpright: false,
    hasDetails: false,
  },
} as const satisfies Readonly<Record<string, Measures>>

type Place = readonly [x: number, y: number]

const LINE = 13
const LETTER = 7.2

/** Draws a computational graph: circles are computed, boxes compute, arrows say from what. */
export function GraphDrawing({ graph, layout }: GraphDrawingProps) {
  const arrow = useId()
  const measures: Measures = layouts[layout]
  const { step, aside, turn, radius, margin, isUpright, hasDetails } = measures
  const first = Math.min(0, ...graph.nodes.map(({ row }) => row))
  const [length, breadth] = [(graph.columns - 1) * step + margin.before + margin.after, turn - first * aside + margin.above + margin.below]
  const placeOf = ({ column, row }: Pick<GraphNode, 'column' | 'row'>): Place => {
    const [along, beside] = [margin.before + column * step, margin.above + (row - first) * aside]
    // Upright, what lies above the way lies to the left of it.
    return isUpright ? [beside, along] : [along, beside]
  }
  const [width, height] = isUpright ? [breadth, length] : [length, breadth]
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  return (
    <svg
      className={classes.drawing}
      data-layout={layout}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={graph.description}
      data-drawing
    >
      <defs>
        <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path className={classes.tip} d="M0 0.5L7.5 4L0 7.5Z" />
        </marker>
      </defs>
      {graph.edges.map((edge) => {
        const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
        if (!from || !to) return null
        const path = pathOf({ edge, from, to, placeOf, measures })
        return <path key={`${edge.from} ${edge.to}`} className={classes.edge} d={path} markerEnd={`url(#${arrow})`} />
      })}
      {graph.nodes.map((node) => {
        const [x, y] = placeOf(node)
        return (
          <g key={node.id} className={classes.node} data-kind={node.kind} data-code={node.id === 'z' || undefined}>
            {node.kind === 'variable' ? (
              <circle cx={x} cy={y} r={radius} />
            ) : (
              <rect x={x - halfWidth(node, radius)} y={y - radius} width={2 * halfWidth(node, radius)} height={2 * radius} rx="4" />
            )}
            <text className={classes.symbol} x={x} y={y} dy="0.35em">
              {node.symbol}
            </text>
            {hasDetails && <Details node={node} at={[x, y]} measures={measures} />}
          </g>
        )
      })}
    </svg>
  )
}

interface DetailsProps {
  readonly node: GraphNode
  readonly at: Place
  readonly measures: Measures
}

/** Writes what a node is beside it, where no arrow runs: across below the way, but above x and to the right of L; upright to the right of it, but to the left of x and below L. */
function Details({ node, at: [x, y], measures: { radius, isUpright } }: DetailsProps) {
  const { details, row, id } = node
  const side = isUpright ? (uprightSides[id] ?? (row === 0 ? 'right' : 'above')) : (acrossSides[id] ?? (row < 0 ? 'above' : 'below'))
  const isBeside = side === 'right' || side === 'left'
  const top = isBeside
    ? y - ((details.length - 1) * LINE) / 2
    : side === 'above'
      ? y - radius - 8 - (details.length - 1) * LINE
      : y + radius + 14
  const left = isBeside ? x + (side === 'right' ? 1 : -1) * (halfWidth(node, radius) + 8) : x
  return (
    <text className={classes.details} data-side={side}>
      {details.map((line, index) => (
        <tspan key={line} x={left} y={top + index * LINE} dy={isBeside ? '0.35em' : 0}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

type Side = 'above' | 'below' | 'left' | 'right'

const acrossSides: Readonly<Record<string, Side>> = { x: 'above', loss: 'right' }
const uprightSides: Readonly<Record<string, Side>> = { x: 'left', loss: 'below' }

/** Boxes are as wide as what stands in them wants. */
function halfWidth({ kind, symbol }: Pick<GraphNode, 'kind' | 'symbol'>, radius: number): number {
  return kind === 'variable' ? radius : Math.max(radius, ([...symbol].length * LETTER * radius) / 36 + radius * 0.45)
}

interface Path {
  readonly edge: GraphEdge
  readonly from: GraphNode
  readonly to: GraphNode
  readonly placeOf: (place: Pick<GraphNode, 'column' | 'row'>) => Place
  readonly measures: Measures
}

/** Draws an arrow from the rim of one node to the rim of another. */
function pathOf({ edge, from, to, placeOf, measures: { radius, aside, turn } }: Path): string {
  const [start, end] = [placeOf(from), placeOf(to)]
  const write = (points: readonly Place[]) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`
  if (!edge.around) return write([rim(start, end, from), rim(end, start, to)])
  // What is above starts from beside its node, what is below turns at the lower edge of the drawing.
  const row = edge.around === 'above' ? from.row : turn / aside
  const corner = placeOf({ column: to.column, row })
  const bend = placeOf({ column: from.column, row })
  const points = edge.around === 'above' ? [start, corner, end] : [start, bend, corner, end]
  return write([rim(start, points[1] ?? end, from), ...points.slice(1, -1), rim(end, corner, to)])

  function rim([x, y]: Place, [towardsX, towardsY]: Place, node: GraphNode): Place {
    const [dx, dy] = [towardsX - x, towardsY - y]
    const distance = Math.hypot(dx, dy) || 1
    if (node.kind === 'variable') return [x + (dx / distance) * radius, y + (dy / distance) * radius]
    const half = halfWidth(node, radius)
    const scale = Math.min(half / Math.abs(dx || Number.MIN_VALUE), radius / Math.abs(dy || Number.MIN_VALUE))
    return [x + dx * scale, y + dy * scale]
  }
}

const round = (value: number) => Number(value.toFixed(1))
