import { type ModelDescription, rowErrors, usualEngine } from '@hourglass/autoencoders'
import type { ModelCallOf, ModelReply } from '@hourglass/autoencoders/calls'
import type { Dataset } from '@hourglass/datasets'
import { CodedFileWriter } from './CodedFileWriter.js'
import { chooseExamples, gatherRows } from './chooseExamples.js'

export interface EncodeAllOptions {
  readonly dataset: Dataset
  readonly model: ModelDescription
  /** How long it computes before others have their turn, in milliseconds. */
  readonly turn: number
  /** Told how many examples are encoded, of how many, after each turn. */
  readonly onProgress: (done: number, total: number) => void
}

/** As many as the engine computes at a time. */
const BATCH = 500

/** Encodes and reconstructs examples a turn at a time, on ONNX Runtime, and keeps what comes out. Whoever does not read on to the end returns from it. */
export async function* encodeAll(
  { id, choice, output }: ModelCallOf<'encodeAll'>,
  { dataset, model: description, turn, onProgress }: EncodeAllOptions,
): AsyncGenerator<undefined, ModelReply> {
  // Loaded for the first call: most labs have none.
  const { createEngine, EngineModel } = await import('@hourglass/autoencoders/analysis')
  const examples = chooseExamples(dataset, choice)
  const { rows } = examples
  // The other cores are for training.
  const model = new EngineModel(await createEngine(usualEngine, { threads: 1 }), description)
  try {
    const writer = await CodedFileWriter.begin({ ...output, examples, size: model.latentDimension })
    try {
      for (let done = 0; done < rows.length; ) {
        for (const ends = performance.now() + turn; done < rows.length; ) {
          const originals = gatherRows(dataset, rows.subarray(done, done + BATCH))
          const codes = await model.encode(originals)
          await writer.add(codes, rowErrors(originals, await model.decode(codes), model.exampleSize))
          done = Math.min(rows.length, done + BATCH)
          if (performance.now() >= ends) break
        }
        onProgress(done, rows.length)
        if (done < rows.length) yield undefined
      }
      return { type: 'encoded', id, name: await writer.finish() }
    } finally {
      await writer.leave()
    }
  } finally {
    await model.dispose()
  }
}
