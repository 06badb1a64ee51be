import { runConfigFormat } from '@hourglass/autoencoders'
import type { ModelCallOf, ModelReply } from '@hourglass/autoencoders/calls'
import { type Dataset, datasetCatalog, gatherExamples } from '@hourglass/datasets'
import { hashDataset, loadDataset } from '@hourglass/datasets/node'
import { readStored } from '@hourglass/protocol'
import { encodeSamples } from '../encodeSamples.js'
import { WorkerError } from '../WorkerError.js'

type ExamplesCall = ModelCallOf<'examples'>

interface Loaded {
  readonly dataset: Dataset
  readonly hash: string
}

/** Reads examples of runs. The data of the run that was asked for last stays loaded: whoever looks at some of it looks at more. */
export class ExampleReader {
  #last: { readonly key: string; readonly loaded: Promise<Loaded> } | undefined

  /** Throws as {@link dataset} does. */
  async read(call: ExamplesCall): Promise<ModelReply> {
    const { id, split, from, count } = call
    const dataset = await this.dataset(call)
    const examples = { test: dataset.test, training: dataset.train, validation: dataset.validation }[split]
    if (examples === null) return { type: 'examples', id, content: null }
    const end = Math.min(examples.count, from + count)
    if (end <= from) return { type: 'examples', id, content: null }
    const values = new Float32Array(((end - from) * examples.values.length) / examples.count)
    gatherExamples(
      examples,
      { indices: Uint32Array.from({ length: end - from }, (_, row) => from + row), start: 0, end: end - from },
      values,
    )
    const { kind, exampleShape } = datasetCatalog[dataset.id]
    return { type: 'examples', id, content: new Uint8Array(encodeSamples({ kind, exampleShape, values })) }
  }

  /** Loads the data of a run; throws DATASET_CHANGED where the run has seen other data than is here, and what loading it throws. */
  async dataset({ config: stored, hash }: Pick<ExamplesCall, 'config' | 'hash'>): Promise<Dataset> {
    const read = readStored(runConfigFormat, stored)
    if (!('value' in read)) throw new WorkerError('CONFIG_UNREADABLE', read.problem)
    const { data } = read.value
    const loaded = await this.#load(data)
    if (hash === null || hash === loaded.hash) return loaded.dataset
    throw new WorkerError(
      'DATASET_CHANGED',
      `dataset ${data.dataset}: expected the examples that the run has seen, of SHA-256 ${hash}, got others, of ${loaded.hash}. Bring the earlier files back to see them.`,
    )
  }

  #load(data: Parameters<typeof loadDataset>[1] & { readonly dataset: string }): Promise<Loaded> {
    const key = JSON.stringify(data)
    if (this.#last?.key === key) return this.#last.loaded
    const loaded = loadDataset(data.dataset, data).then(async (dataset) => ({ dataset, hash: await hashDataset(dataset) }))
    this.#last = { key, loaded }
    loaded.catch(() => {
      if (this.#last?.loaded === loaded) this.#last = undefined
    })
    return loaded
  }
}
