import type { decodeSafetensors } from '@hourglass/autoencoders'

export type Tensors = ReturnType<typeof decodeSafetensors>

/** Fetches and decodes a safetensors file. Rejects with an Error that names the address and what came instead. */
export async function fetchTensors(url: string, signal: AbortSignal): Promise<Tensors> {
  const [response, { decodeSafetensors }] = await Promise.all([fetch(url, { signal }), import('@hourglass/autoencoders')])
  if (!response.ok) throw new Error(`tensors ${url}: expected a file, got HTTP ${response.status}`)
  return decodeSafetensors(new Uint8Array(await response.arrayBuffer()))
}
