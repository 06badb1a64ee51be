import { runConfigFormat } from '@hourglass/autoencoders'
import { type Dataset, datasetCatalog, gatherExamples } from '@hourglass/datasets'
import { hashDataset, loadDataset } from '@hourglass/datasets/node'
import { type ModelCallOf, type ModelReply, readStored } from '@hourglass/protocol'
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

  /** Throws DATASET_CHANGED where the run has seen other data than is here, and what loading it throws. */
  async read({ id, config: stored, hash, split, from, count }: ExamplesCall): Promise<ModelReply> {
    const read = readStored(runConfigFormat, stored)
    if (!('value' in read)) throw new WorkerError('CONFIG_UNREADABLE', read.problem)
    const { data } = read.value
    const loaded = await this.#load(data)
    if (hash !== null && hash !== loaded.hash) {
      throw new WorkerError(
        'DATASET_CHANGED',
        `dataset ${data.dataset}: expected the examples that the run has seen, of SHA-256 ${hash}, got others, of ${loaded.hash}. Bring the earlier files back to see them.`,
      )
    }
    const examples = split === 'test' ? loaded.dataset.test : loaded.dataset.train
    const end = Math.min(examples.count, from + count)
    if (end <= from) return { type: 'examples', id, content: null }
    const values = new Float32Array(((end - from) * examples.values.length) / examples.count)
    gatherExamples(
      examples,
      Uint32Array.from({ length: end - from }, (_, row) => from + row),
      0,
      end - from,
      values,
    )
    const { kind, exampleShape } = datasetCatalog[data.dataset]
    return { type: 'examples', id, content: new Uint8Array(encodeSamples({ kind, exampleShape, values })) }
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
