import type { Activation, RunConfig } from '@hourglass/autoencoders'
import { createRandom, datasetCatalog, type Split, shuffledIndices } from '@hourglass/datasets'
import type { SparseLayer } from './layers.js'
import { type Measured, rowsOf } from './Measured.js'
import type { Network, Row } from './network.js'

/** A layer whose every output looks at every input. */
interface Dense {
  /** A row for each output. */
  readonly kernel: readonly Row[]
  readonly bias: Row
  readonly activation: Activation
}

/** How a classifier does on test examples. */
export interface Judged {
  readonly error: number
  /** Share of them that lie so near to the border of two classes that rounding may decide. */
  readonly undecided: number
}

const BATCH = 32
const [RATE, BETA_1, BETA_2, EPSILON] = [0.001, 0.9, 0.999, 1e-7]
/** Difference of the two largest logits below which single precision may tell another class. */
const BORDER = 1e-3

/** Trains a softmax layer on an encoder of dense layers together with it, on as many labelled examples of each class, by Adam. */
export function classifierOf({ config, dataset, network }: Measured, start: 'pretrained' | 'random'): Judged {
  const { seed } = config.training
  const { classCount } = datasetCatalog[dataset.id]
  const encoder = network.encoder.map((layer, index) => (start === 'pretrained' ? copy(layer) : draw(layer, `encoder/${index}`, config)))
  const width = network.encoder.at(-1)?.outputs ?? 0
  const head = glorot({ name: 'classifier', inputs: width, outputs: classCount, activation: 'linear', seed })
  const layers = [...encoder, head]
  const labelled = chooseLabelled(dataset.train, config, classCount)
  const rows = rowsOf(dataset.train)
  const moments = layers.map(({ kernel, bias }) => [...kernel, bias].map((row) => ({ first: row.map(() => 0), second: row.map(() => 0) })))
  let step = 0
  for (let epoch = 1; epoch <= config.evaluation.fineTuningEpochs; epoch++) {
    const order = [...shuffledIndices(labelled.length, { seed, stream: `fineTuning/${epoch}` })].map((place) => labelled[place] ?? 0)
    for (let begin = 0; begin < order.length; begin += BATCH) {
      step++
      const batch = order.slice(begin, begin + BATCH)
      const slopes = layers.map(({ kernel, bias }) => [...kernel, bias].map((row) => new Float64Array(row.length)))
      for (const place of batch)
        addSlopes(layers, slopes, { row: rows[place] ?? new Float64Array(), label: dataset.train.labels[place] ?? 0 })
      layers.forEach(({ kernel, bias }, index) => {
        for (const [at, row] of [...kernel, bias].entries()) {
          const [slope, moment] = [slopes[index]?.[at], moments[index]?.[at]]
          if (slope && moment) move(row, slope, { ...moment, count: batch.length, step })
        }
      })
    }
  }
  return judge(layers, rowsOf(dataset.test), dataset.test)
}

const copy = ({ weights, bias, activation }: Network['encoder'][number]): Dense => ({
  kernel: weights.map((row) => row.slice()),
  bias: bias.slice(),
  activation,
})

/** Draws a layer anew as a run of that seed begins. */
function draw({ weights, outputs, activation }: SparseLayer, name: string, { architecture, training }: RunConfig): Dense {
  if (architecture.initializer.kind !== 'glorotUniform') throw new Error(`expected Glorot's weights, got ${architecture.initializer.kind}`)
  return glorot({ name, inputs: weights[0]?.length ?? 0, outputs, activation, seed: training.seed })
}

interface Drawn {
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
  readonly seed: number
}

/** Draws uniform weights of the variance 2 / (inputs + outputs); biases are 0. */
function glorot({ name, inputs, outputs, activation, seed }: Drawn): Dense {
  const limit = Math.sqrt(6 / (inputs + outputs))
  const drawn = new Float32Array(inputs * outputs)
  createRandom(seed, `parameter/${name}/kernel`).fillUniform(drawn, { low: -limit, high: limit })
  const kernel = Array.from({ length: outputs }, (_, output) =>
    Float64Array.from({ length: inputs }, (_input, input) => drawn[input * outputs + output] ?? Number.NaN),
  )
  return { kernel, bias: new Float64Array(outputs), activation }
}

/** Goes through training examples in an order of its own, and takes as many of each class; the first classes have one more where that does not divide. */
function chooseLabelled({ labels: classes, count }: Split, { evaluation, training }: RunConfig, classCount: number): readonly number[] {
  const wanted = evaluation.labels ?? 0
  const left = Array.from({ length: classCount }, (_, label) => Math.floor(wanted / classCount) + (label < wanted % classCount ? 1 : 0))
  const order = [...shuffledIndices(count, { seed: training.seed, stream: 'labelled' })]
  const isTaken = order.map((place) => {
    const label = classes[place] ?? 0
    left[label] = (left[label] ?? 0) - 1
    return (left[label] ?? -1) >= 0
  })
  return [...order.filter((_, index) => isTaken[index]), ...order.filter((_, index) => !isTaken[index])].slice(0, wanted)
}

const functions: Readonly<Record<Activation, (a: number) => number>> = {
  linear: (a) => a,
  relu: (a) => Math.max(0, a),
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
}

/** By what the function gave. */
const slopesOfValues: Readonly<Record<Activation, (value: number) => number>> = {
  linear: () => 1,
  relu: (value) => (value > 0 ? 1 : 0),
  sigmoid: (value) => value * (1 - value),
  tanh: (value) => 1 - value ** 2,
}

/** What each layer gives of an example, itself first. */
function passThrough(layers: readonly Dense[], row: Row): readonly Row[] {
  const passed = [row]
  for (const { kernel, bias, activation } of layers) {
    const values = passed.at(-1) ?? row
    passed.push(Float64Array.from(kernel, (weights, output) => functions[activation](dot(weights, values) + (bias[output] ?? 0))))
  }
  return passed
}

interface Example {
  readonly row: Row
  readonly label: number
}

/** Adds the derivatives of the cross-entropy of one example to those of a batch: of each layer's rows of weights, then of its bias. */
function addSlopes(layers: readonly Dense[], slopes: readonly (readonly Row[])[], { row, label }: Example): void {
  const passed = passThrough(layers, row)
  const logits = passed.at(-1) ?? new Float64Array()
  const most = Math.max(...logits)
  const heights = logits.map((logit) => Math.exp(logit - most))
  const sum = heights.reduce((all, height) => all + height, 0)
  let pulled = heights.map((height, index) => height / sum - (index === label ? 1 : 0))
  for (let index = layers.length - 1; index >= 0; index--) {
    const [layer, inputs] = [layers[index], passed[index]]
    if (!layer || !inputs) return
    const below = new Float64Array(inputs.length)
    const values = passed[index + 1] ?? new Float64Array()
    for (const [output, weights] of layer.kernel.entries()) {
      const pull = (pulled[output] ?? 0) * slopesOfValues[layer.activation](values[output] ?? 0)
      const [ofWeights, ofBias] = [slopes[index]?.[output], slopes[index]?.at(-1)]
      if (!ofWeights || !ofBias || pull === 0) continue
      ofBias[output] = (ofBias[output] ?? 0) + pull
      for (let input = 0; input < inputs.length; input++) {
        ofWeights[input] = (ofWeights[input] as number) + pull * (inputs[input] as number)
        below[input] = (below[input] as number) + pull * (weights[input] as number)
      }
    }
    pulled = below
  }
}

interface Moments {
  readonly first: Row
  readonly second: Row
  /** Examples of the batch. */
  readonly count: number
  readonly step: number
}

/** Makes a step of Adam, written as its paper's algorithm (Kingma & Ba 2015). */
function move(row: Row, slope: Row, { first, second, count, step }: Moments): void {
  for (let index = 0; index < row.length; index++) {
    const gradient = (slope[index] as number) / count
    first[index] = BETA_1 * (first[index] as number) + (1 - BETA_1) * gradient
    second[index] = BETA_2 * (second[index] as number) + (1 - BETA_2) * gradient ** 2
    const [m, v] = [(first[index] as number) / (1 - BETA_1 ** step), (second[index] as number) / (1 - BETA_2 ** step)]
    row[index] = (row[index] as number) - (RATE * m) / (Math.sqrt(v) + EPSILON)
  }
}

function judge(layers: readonly Dense[], rows: readonly Row[], { labels }: Split): Judged {
  const told = rows.map((row, index) => {
    const logits = [...(passThrough(layers, row).at(-1) ?? [])]
    const [largest = 0, next = 0] = logits.toSorted((a, b) => b - a)
    return { isWrong: logits.indexOf(largest) !== labels[index], isUndecided: largest - next < BORDER }
  })
  const share = (picked: readonly unknown[]) => picked.length / rows.length
  return { error: share(told.filter(({ isWrong }) => isWrong)), undecided: share(told.filter(({ isUndecided }) => isUndecided)) }
}

function dot(weights: Row, values: Row): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += (weights[index] as number) * (values[index] as number)
  return sum
}
