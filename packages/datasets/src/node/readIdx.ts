import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type InputType, gunzip as nodeGunzip, type ZlibOptions } from 'node:zlib'
import { DatasetError, type DatasetErrorDetails } from '../DatasetError.js'
import { type IdxArray, parseIdx } from './parseIdx.js'

// With `info`, the result also tells how much of the input was used; the published types leave that out.
const gunzip = promisify(nodeGunzip) as unknown as (
  input: InputType,
  options: ZlibOptions,
) => Promise<{ readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }>

// MNIST is 47 MB. A small file that unpacks to more than this is a mistake or an attack, and would take the process with it.
const largestUnpackedBytes = 2 ** 30

/**
 * Reads a whole IDX file, raw or gzip-compressed as its content (not its name) says.
 *
 * @throws DatasetError FILE_NOT_FOUND, FILE_UNREADABLE, INVALID_GZIP, or what `parseIdx` throws; always naming the file.
 */
export async function readIdx(path: string): Promise<IdxArray> {
  const file = await readWhole(path)
  const compressed = file[0] === 0x1f && file[1] === 0x8b
  return parseIdx(compressed ? await unpack(file, path) : file, path)
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = errorCode(cause)
    const missing = code === 'ENOENT' || code === 'ENOTDIR'
    throw new DatasetError(missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', {
      subject: path,
      expected: 'an IDX file that this process may read',
      found: missing ? 'no such file' : describeReadFailure(code, cause),
      advice: missing ? 'Check the path, or put the file there.' : 'Make it a regular file with read permission.',
      cause,
    })
  }
}

async function unpack(file: Buffer, path: string): Promise<Buffer> {
  try {
    const { buffer, engine } = await gunzip(file, { info: true, maxOutputLength: largestUnpackedBytes } as ZlibOptions)
    if (engine.bytesWritten === file.length) return buffer
    // Node skips zero bytes after the compressed data without a word.
    throw new DatasetError('SURPLUS_BYTES', {
      subject: path,
      expected: `${engine.bytesWritten} bytes of gzip data`,
      found: String(file.length),
      advice: 'Get the file again; something was appended to it.',
    })
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause
    throw gzipError(path, cause)
  }
}

function gzipError(path: string, cause: unknown): DatasetError {
  const code = errorCode(cause)
  const truncated = code === 'Z_BUF_ERROR'
  const tooLarge = code === 'ERR_BUFFER_TOO_LARGE'
  const details: Omit<DatasetErrorDetails, 'found'> = {
    subject: path,
    expected: tooLarge ? `gzip data of at most ${largestUnpackedBytes} bytes when unpacked` : 'complete and undamaged gzip data',
    advice: tooLarge ? 'Check that this is the right file.' : 'Get the file again, or unpack it with gunzip to see what is wrong with it.',
    cause,
  }
  if (truncated) return new DatasetError('TRUNCATED_FILE', { ...details, found: 'an end too early, or a stray byte after it' })
  return new DatasetError('INVALID_GZIP', { ...details, found: tooLarge ? 'more' : messageOf(cause) })
}

function describeReadFailure(code: string | undefined, cause: unknown): string {
  if (code === 'EISDIR') return 'a folder'
  if (code === 'EACCES' || code === 'EPERM') return `no permission to read it (${code})`
  return messageOf(cause)
}

function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
