// Trains the small models that the chapter's text computes with, and writes them to `models`. Run it after a build; names of files train these alone.
import { writeFile } from 'node:fs/promises'
import { completeRunConfig } from '@hourglass/autoencoders'
import { trainAutoencoder } from '@hourglass/autoencoders/training'
import { packNumbers } from '@hourglass/chapter/models'
import { loadDataset } from '@hourglass/datasets/node'
import { modelRuns } from './modelRuns.mjs'
import { packModel } from './packModel.mjs'

const names = Object.keys(modelRuns)
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) throw new TypeError(`files of models: expected some of ${names.join(', ')}, got ${unknown.join(', ')}`)

for (const name of wanted.length > 0 ? wanted : names) {
  const file = await trainFile(modelRuns[name])
  await writeFile(new URL(`../models/${name}.json`, import.meta.url), `${JSON.stringify(file)}\n`)
  for (const { label, error } of file.models) {
    console.log(`${name}, ${label}: test error ${error.trained.toPrecision(4)}, ${error.shipped.toPrecision(4)} as shipped`)
  }
}

async function trainFile({ runs, pick, bits, keepsEncoder }) {
  const trained = []
  for (const { label, config: input } of runs) {
    const config = completeRunConfig(input)
    const dataset = await loadDataset(config.data.dataset, config.data)
    const test = rowsOf(dataset.test)
    const exampleSize = test[0].length
    const parameters = await lastParameters(config, dataset)
    trained.push({ dataset, test, ...packModel({ label, config, exampleSize, parameters, test, bits, keepsEncoder }) })
  }
  const [{ dataset, test }] = trained
  const places = pick(dataset.test.labels)
  const shown = places.map((place) => test[place])
  return {
    models: trained.map(({ model }) => model),
    examples: {
      labels: places.map((place) => dataset.test.labels[place]),
      values: packNumbers(joined(shown), bits),
      codes: keepsEncoder ? [] : trained.map(({ encoder }) => packNumbers(joined(shown.map((example) => encoder.run(example))), bits)),
    },
  }
}

async function lastParameters(config, dataset) {
  let parameters
  for await (const event of trainAutoencoder({ config, dataset })) if (event.type === 'epochCompleted') parameters = event.parameters
  return parameters
}

/** Examples as values of their own: pixels from 0 to 1, or coordinates. */
function rowsOf({ count, values }) {
  const size = values.length / count
  const scale = values instanceof Uint8Array ? 255 : 1
  return Array.from({ length: count }, (_, row) =>
    Float32Array.from(values.subarray(row * size, (row + 1) * size), (value) => value / scale),
  )
}

function joined(rows) {
  return Float32Array.from(rows.flatMap((row) => [...row]))
}
