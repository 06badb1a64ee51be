import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Names that the library has on the three systems. */
const LIBRARY = /^(libonnxruntime\.so\.\d+|libonnxruntime\.\d+\.dylib|onnxruntime\.dll)$/

/** Finds ONNX Runtime's library among the files of onnxruntime-node. Throws where that is not installed or brings none for this machine. */
export function findLibrary(): string {
  const bin = join(dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json')), 'bin')
  for (const version of readdirSync(bin)) {
    const folder = join(bin, version, process.platform, process.arch)
    const name = list(folder).find((file) => LIBRARY.test(file))
    if (name !== undefined) return join(folder, name)
  }
  throw new Error(`onnxruntime-node brings no library for ${process.platform} ${process.arch}`)
}

/** A folder that does not exist has no files. */
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
