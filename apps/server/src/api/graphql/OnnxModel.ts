import { type ModelPart, modelParts } from '@hourglass/autoencoders'
import { modelUrl } from '../../artifacts/artifactUrl.js'
import type { Run } from '../../runs/RunReader.js'
import { builder } from './builder.js'
import { enumValues } from './enumValues.js'

interface OnnxModel {
  readonly part: ModelPart
  readonly epoch: number
  readonly url: string
}

const ModelPartType = builder.enumType('ModelPart', {
  values: enumValues(modelParts),
})

export const OnnxModelType = builder.objectRef<OnnxModel>('OnnxModel').implement({
  description: 'A trained model, or half of one, as a file that any ONNX runtime runs on batches of any size.',
  fields: (t) => ({
    part: t.expose('part', { type: ModelPartType }),
    epoch: t.exposeInt('epoch'),
    url: t.exposeString('url'),
  }),
})

/** Lists the models of an epoch that the run has completed. */
export function describeModels({ id }: Run, epoch: number): OnnxModel[] {
  return modelParts.map((part) => ({ part, epoch, url: modelUrl(id, epoch, part) }))
}
