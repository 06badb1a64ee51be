import { open, readFile } from 'node:fs/promises'

/** Reads a file, or so many bytes of it as a part has; fewer where it ends before. */
export async function readPart(path: string, part?: { readonly offset: number; readonly bytes: number }): Promise<Uint8Array> {
  if (!part) return readFile(path)
  const file = await open(path, 'r')
  try {
    const content = Buffer.alloc(part.bytes)
    let read = 0
    while (read < content.length) {
      const { bytesRead } = await file.read(content, read, content.length - read, part.offset + read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    return content.subarray(0, read)
  } finally {
    await file.close()
  }
}
