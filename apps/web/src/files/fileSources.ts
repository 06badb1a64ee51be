import { decodeImage } from './decodeImage'
import { fetchTensors, type Tensors } from './fetchTensors'

/** Says how something is loaded, and under which key it is kept. */
export interface FileSource<File> {
  readonly queryKey: readonly unknown[]
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<File>
}

/** The tensors of a safetensors file. Nobody waiting for it ends the request. */
export function tensorsFile(url: string): FileSource<Tensors> {
  return { queryKey: ['tensors', url], queryFn: ({ signal }) => fetchTensors(url, signal) }
}

/** A picture, ready to be drawn without a pause. */
export function imageFile(url: string): FileSource<HTMLImageElement> {
  return { queryKey: ['image', url], queryFn: () => decodeImage(url) }
}
