import {
  type ArchitectureConfig,
  architectureRowOf,
  describeCorruption,
  encoderRowOf,
  isNone,
  latentDimensionOf,
  layerWidths,
  penaltyFactsOf,
  type RunConfig,
  toWords,
} from '@hourglass/autoencoders'

/** What is computed, as a circle, or what computes it, as a box. */
export interface GraphNode {
  readonly id: string
  readonly kind: 'variable' | 'function' | 'loss'
  /** What stands in it. */
  readonly symbol: string
  /** What stands beside it, a line each. */
  readonly details: readonly string[]
  /** Place along the way from x to L, and beside it: 0 on the way, −1 above and 1 below it. */
  readonly column: number
  readonly row: number
}

/** An arrow from one node to another; `around` it leaves and arrives at a right angle, past what lies between. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly around?: 'above' | 'below'
}

export interface ComputationalGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly columns: number
  /** The same in words, for those who do not see it. */
  readonly description: string
}

/** What is known of a run before it is trained. */
export interface GraphedModel {
  readonly config: Pick<RunConfig, 'architecture' | 'corruption' | 'regularizer' | 'loss'>
  readonly exampleShape: readonly number[]
}

/** Lays out what an autoencoder computes, from the example x to the loss L, as the lecture draws it: corruption, distribution of codes and penalties where the run has them. */
export function computationalGraph(model: GraphedModel): ComputationalGraph {
  const { architecture, corruption } = model.config
  const chain = [
    [variable('x', [`${sizeOf(model.exampleShape)} values`])],
    ...(isNone(corruption) ? [] : [[box('corrupt', 'C', [describeCorruption(corruption)])], [variable('corrupted', [], 'x̃')]]),
    [box('encode', 'f', describeEncoder(model))],
    ...(encoderRowOf(architecture.encoder).givesDistribution
      ? [
          [
            { ...variable('mean', [], 'μ'), row: -0.5 },
            { ...variable('deviation', [], 'σ'), row: 0.5 },
          ],
          [box('sample', 'μ + σε', ['ε ~ N(0, I)'])],
        ]
      : []),
    [variable('z', [`${codeSizeOf(model)} units`])],
    [box('decode', 'g', describeDecoder(model))],
    [variable('r', [`${sizeOf(model.exampleShape)} values`])],
    [{ ...box('loss', 'L', [toWords(model.config.loss)]), kind: 'loss' as const }],
  ] satisfies Placeless[][]
  const onWay = chain.flatMap((nodes, column) => nodes.map((node): GraphNode => ({ row: 0, ...node, column })))
  const joined = chain
    .slice(1)
    .flatMap((nodes, index) => nodes.flatMap(({ id: to }) => (chain[index] ?? []).map(({ id: from }) => ({ from, to }))))
  const columnOf = (id: string) => onWay.find((node) => node.id === id)?.column ?? 0
  const penalties = penaltiesOf(model).map(({ of, ...node }, index): GraphNode & { readonly of: readonly string[] } => ({
    ...node,
    of,
    // Beside the column of mean and deviation, so that no arrow runs through either.
    column: columnOf(of[0] ?? '') + index - (of.length > 1 ? 0.55 : 0),
    row: -1.25,
  }))
  return {
    nodes: [...onWay, ...penalties],
    edges: [
      ...joined,
      { from: 'x', to: 'loss', around: 'below' },
      ...penalties.flatMap(({ id, of }) => [...of.map((from) => ({ from, to: id })), { from: id, to: 'loss', around: 'above' as const }]),
    ],
    columns: chain.length,
    description: describe(model),
  }
}

type Placeless = Omit<GraphNode, 'column' | 'row'> & { readonly row?: number }

const variable = (id: string, details: readonly string[], symbol = id): Placeless => ({ id, kind: 'variable', symbol, details })
const box = (id: string, symbol: string, details: readonly string[]): Placeless => ({ id, kind: 'function', symbol, details })

const sizeOf = (exampleShape: readonly number[]) => exampleShape.reduce((size, length) => size * length, 1)
const codeSizeOf = ({ config, exampleShape }: GraphedModel) => latentDimensionOf(config.architecture, exampleShape)

/** Widths of the hidden layers of each half, and what they and its last layer are activated by. */
function describeHalf(
  { config: { architecture }, exampleShape }: GraphedModel,
  last: ArchitectureConfig['codeActivation'],
  isEncoder: boolean,
): readonly string[] {
  const widths = layerWidths(architecture, exampleShape)
  const middle = (widths.length - 1) / 2
  const hidden = isEncoder ? widths.slice(1, middle) : widths.slice(middle + 1, -1)
  return [
    architectureRowOf(architecture).adjective,
    ...(hidden.length > 0 ? [`${hidden.join('-')}, ${toWords(architecture.hiddenActivation)}`] : []),
    toWords(last),
  ]
}

const describeEncoder = (model: GraphedModel) => describeHalf(model, model.config.architecture.codeActivation, true)

function describeDecoder(model: GraphedModel): readonly string[] {
  const { architecture } = model.config
  const details = architectureRowOf(architecture).decoderDetails(architecture)
  return [...describeHalf(model, architecture.outputActivation, false), ...details]
}

interface Penalty extends Placeless {
  /** What it is a function of. */
  readonly of: readonly string[]
}

function penaltiesOf({ config: { architecture, regularizer } }: GraphedModel): readonly Penalty[] {
  const penalty = ({ id, symbol, details, of }: Omit<Penalty, 'kind'>): Penalty => ({ ...box(id, symbol, details), kind: 'loss', of })
  const { givesDistribution, divergenceWeight } = encoderRowOf(architecture.encoder)
  const added = penaltyFactsOf(regularizer)
  return [
    ...(givesDistribution
      ? [
          penalty({
            id: 'divergence',
            symbol: 'KL',
            details: [`β = ${divergenceWeight(architecture.encoder)}`, 'to N(0, I)'],
            of: ['mean', 'deviation'],
          }),
        ]
      : []),
    ...(added
      ? [penalty({ id: 'penalty', symbol: added.drawn.symbol, details: added.details, of: [added.drawn.of === 'code' ? 'z' : 'encode'] })]
      : []),
  ]
}

function describe(model: GraphedModel): string {
  const { architecture, corruption, loss } = model.config
  const seen = isNone(corruption) ? 'x' : 'x̃'
  const sentences = [
    ...(isNone(corruption) ? [] : [`C spoils the example x (${describeCorruption(corruption)}), which gives x̃`]),
    encoderRowOf(architecture.encoder).givesDistribution
      ? `the encoder f makes a mean μ and a standard deviation σ of ${seen}, from which the code z of ${codeSizeOf(model)} units is drawn`
      : `the encoder f makes the code z of ${codeSizeOf(model)} units of ${seen}`,
    'the decoder g makes the reconstruction r of z',
    `the loss L (${toWords(loss)}) compares r with x`,
    ...penaltiesOf(model).map(({ symbol, details }) => `${symbol} (${details.join(', ')}) is added to it`),
  ]
  const text = sentences.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Lists the nodes and what each is computed from. */
export function graphRows({ nodes, edges }: ComputationalGraph): readonly (readonly string[])[] {
  const symbolOf = (id: string) => nodes.find((node) => node.id === id)?.symbol ?? id
  return nodes.map(({ id, kind, symbol, details }) => [
    symbol,
    kind,
    details.join(', '),
    edges
      .filter(({ to }) => to === id)
      .map(({ from }) => symbolOf(from))
      .join(', '),
  ])
}
