import { useQuery } from '@apollo/client/react'
import { OnnxModelsDocument } from '../../data/generated/graphql'

/** Reads where a run's models can be downloaded as of one epoch; null asks for nothing. Keeps the previous epoch's until the new ones are there. */
export function useOnnxModels(id: string, epoch: number | null) {
  const { data, previousData } = useQuery(OnnxModelsDocument, { variables: { id, epoch: epoch ?? 0 }, skip: epoch === null })
  return { models: (data ?? previousData)?.run.onnxModels ?? [] }
}
