import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const EPOCHS = 4
const data = { trainCount: 6000, testCount: 1000 }
const dense = (latentDimension, batchSize, hiddenWidths = []) => ({
  name: `dense ${[784, ...hiddenWidths, latentDimension].join('-')}, batch ${batchSize}`,
  isLarge: 784 * (hiddenWidths[0] ?? latentDimension) * batchSize >= 10_000_000,
  config: { data, architecture: { kind: 'dense', latentDimension, hiddenWidths }, training: { batchSize } },
})
/** Those that are large enough for a second thread are measured with all threads, too. */
const cases = [
  dense(1, 32),
  dense(32, 32),
  dense(32, 128),
  dense(256, 32),
  dense(256, 128),
  dense(784, 32),
  dense(1568, 32),
  dense(8, 32, [128, 64]),
  dense(64, 128, [512, 256]),
  {
    name: 'dense 784-256-16, variational, cross-entropy, batch 128',
    config: {
      data,
      architecture: { kind: 'dense', latentDimension: 16, hiddenWidths: [256], encoder: { kind: 'variational' } },
      loss: 'binaryCrossEntropy',
      training: { batchSize: 128 },
    },
  },
  {
    name: 'dense 784-32, uniform noise, batch 128',
    config: { ...dense(32, 128).config, corruption: { kind: 'uniform' } },
  },
  { name: 'dense 784-64, contractive, batch 128', config: { ...dense(64, 128).config, regularizer: { kind: 'contractive' } } },
  {
    name: 'convolutional (24 and 40 filters), batch 128',
    isLarge: true,
    config: { data, architecture: { kind: 'convolutional' }, training: { batchSize: 128 } },
  },
]

const worker = (threads, configurations) => {
  const path = fileURLToPath(new URL('estimateWorker.mjs', import.meta.url))
  const output = execFileSync(process.execPath, [path, ...[configurations, EPOCHS, threads].map((each) => JSON.stringify(each))], {
    encoding: 'utf8',
  })
  return JSON.parse(output.trim().split('\n').at(-1))
}

const compare = (name, { estimated, measured }, what) => ({
  figure: `${name}: estimated over measured`,
  value: estimated / measured,
  unit: 'times',
  target: '0.7 to 1.3',
  met: estimated / measured > 0.7 && estimated / measured < 1.3,
  peer: `${measured.toFixed(3)} ${what}`,
})

/** Measures how close estimates of an epoch, training and evaluation, and of the analysis after the last one come to what they take, and how long measuring the machine takes. */
export function measure() {
  const threads = availableParallelism()
  const rows = [...new Set([1, threads])].map((count) => {
    const chosen = count === 1 ? cases : cases.filter(({ isLarge }) => isLarge)
    return {
      count,
      chosen,
      ...worker(
        count,
        chosen.map(({ config }) => config),
      ),
    }
  })
  return rows.flatMap(({ count, chosen, measuring, results }) => [
    { figure: `measuring the machine with ${count} thread(s)`, value: measuring, unit: 's', target: 'under 5', met: measuring < 5 },
    ...results.flatMap(({ analysis, ...epoch }, index) => [
      compare(`${chosen[index].name}, ${count} thread(s)`, epoch, `s an epoch of ${data.trainCount.toLocaleString('en')}`),
      compare(`its analysis, ${count} thread(s)`, analysis, 's'),
    ]),
  ])
}
