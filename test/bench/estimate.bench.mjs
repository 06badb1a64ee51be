import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const EPOCHS = 4
const data = { trainCount: 6000, testCount: 1000 }
const dense = (latentDimension, batchSize, hiddenWidths = []) => ({
  name: `dense ${[784, ...hiddenWidths, latentDimension].join('-')}, batch ${batchSize}`,
  config: { data, architecture: { kind: 'dense', latentDimension, hiddenWidths }, training: { batchSize } },
})
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
    config: { data, architecture: { kind: 'convolutional' }, training: { batchSize: 128 } },
  },
]

/** Measures how close estimates of an epoch, training and evaluation, come to what it takes, and how long measuring the machine takes. */
export function measure() {
  const worker = fileURLToPath(new URL('estimateWorker.mjs', import.meta.url))
  const configurations = JSON.stringify(cases.map(({ config }) => config))
  const output = execFileSync(process.execPath, [worker, configurations, String(EPOCHS)], { encoding: 'utf8' })
  const { measuring, results } = JSON.parse(output.trim().split('\n').at(-1))
  return [
    { figure: 'measuring the machine', value: measuring, unit: 's', target: 'under 5', met: measuring < 5 },
    ...results.map(({ estimated, measured }, index) => ({
      figure: `${cases[index].name}: estimated over measured`,
      value: estimated / measured,
      unit: 'times',
      target: '0.7 to 1.3',
      met: estimated / measured > 0.7 && estimated / measured < 1.3,
      peer: `${measured.toFixed(3)} s an epoch of ${data.trainCount.toLocaleString('en')}`,
    })),
  ]
}
