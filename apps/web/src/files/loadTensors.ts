import type { decodeSafetensors } from '@hourglass/autoencoders'
import { retryOnce } from './retryOnce'

export type Tensors = ReturnType<typeof decodeSafetensors>

/** Fetches and decodes a safetensors file. Rejects with an Error that names the address and what came instead. */
export async function loadTensors(url: string, signal?: AbortSignal): Promise<Tensors> {
  const [file, { decodeSafetensors }] = await Promise.all([
    retryOnce(() => fetchFile(url, signal), signal),
    import('@hourglass/autoencoders'),
  ])
  return decodeSafetensors(file)
}

async function fetchFile(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, signal ? { signal } : {})
  if (!response.ok) throw new Error(`tensors ${url}: expected a file, got HTTP ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
