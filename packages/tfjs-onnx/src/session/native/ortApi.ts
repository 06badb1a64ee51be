import koffi from 'koffi'
import { findLibrary } from './findLibrary.js'

/** An object of the library: its address; 0 where there is none. */
export type Handle = bigint

/** The version of the interface that is asked for: later libraries keep every earlier one. */
const API_VERSION = 16

const OUT_HANDLE = '_Out_ uintptr_t *'

/**
 * What is called, by its place in the library's table `OrtApi`. Places never change: the table only grows. Each that can fail returns a status, 0 for
 * success.
 *
 * Source: onnxruntime_c_api.h, `struct OrtApi`.
 */
const signatures = {
  GetErrorMessage: [2, 'str', ['uintptr_t']],
  CreateEnv: [3, 'uintptr_t', ['int', 'str', OUT_HANDLE]],
  CreateSessionFromArray: [8, 'uintptr_t', ['uintptr_t', 'void *', 'size_t', 'uintptr_t', OUT_HANDLE]],
  CreateSessionOptions: [10, 'uintptr_t', [OUT_HANDLE]],
  SetSessionExecutionMode: [13, 'uintptr_t', ['uintptr_t', 'int']],
  SetSessionLogSeverityLevel: [22, 'uintptr_t', ['uintptr_t', 'int']],
  SetSessionGraphOptimizationLevel: [23, 'uintptr_t', ['uintptr_t', 'int']],
  SetIntraOpNumThreads: [24, 'uintptr_t', ['uintptr_t', 'int']],
  SetInterOpNumThreads: [25, 'uintptr_t', ['uintptr_t', 'int']],
  CreateTensorWithDataAsOrtValue: [49, 'uintptr_t', ['uintptr_t', 'uintptr_t', 'size_t', 'void *', 'size_t', 'int', OUT_HANDLE]],
  CreateCpuMemoryInfo: [69, 'uintptr_t', ['int', 'int', OUT_HANDLE]],
  ReleaseStatus: [93, 'void', ['uintptr_t']],
  ReleaseSession: [95, 'void', ['uintptr_t']],
  ReleaseValue: [96, 'void', ['uintptr_t']],
  ReleaseSessionOptions: [100, 'void', ['uintptr_t']],
  AddSessionConfigEntry: [130, 'uintptr_t', ['uintptr_t', 'str', 'str']],
  RunWithBinding: [133, 'uintptr_t', ['uintptr_t', 'uintptr_t', 'uintptr_t']],
  CreateIoBinding: [134, 'uintptr_t', ['uintptr_t', OUT_HANDLE]],
  ReleaseIoBinding: [135, 'void', ['uintptr_t']],
  BindInput: [136, 'uintptr_t', ['uintptr_t', 'str', 'uintptr_t']],
  BindOutput: [137, 'uintptr_t', ['uintptr_t', 'str', 'uintptr_t']],
} as const

type FunctionName = keyof typeof signatures

/** ONNX Runtime's C interface. Importing this file fails where the library, or what calls it, does not load. */
export const ort = loadApi()

function loadApi() {
  // The functions hold on to nothing: were the library collected, it would be unloaded beneath them.
  const library = koffi.load(findLibrary())
  const table = koffi.decode(library.func('OrtGetApiBase', 'void *', [])(), koffi.type('uintptr_t')) as Handle
  const getApi = koffi.decode(BigInt(table), koffi.proto('uintptr_t', ['uint32_t']))
  const api: Handle = BigInt(getApi(API_VERSION))
  if (api === 0n) throw new Error(`ONNX Runtime's library does not have version ${API_VERSION} of its interface`)
  const call = Object.fromEntries(
    Object.entries(signatures).map(([name, [place, result, parameters]]) => {
      const address = BigInt(koffi.decode(api, place * koffi.sizeof('void *'), 'uintptr_t'))
      return [name, koffi.decode(address, koffi.proto(result, [...parameters]))]
    }),
  ) as unknown as Record<FunctionName, (...values: unknown[]) => unknown>

  /** Throws the library's own message where a status is not success. */
  const check = (status: unknown): void => {
    if (!status) return
    const message = String(call.GetErrorMessage(status))
    call.ReleaseStatus(status)
    throw new Error(message)
  }
  /** Calls what creates an object, which it puts into its last parameter. */
  const create = (name: FunctionName, ...values: unknown[]): Handle => {
    const made: [Handle | null] = [null]
    check(call[name](...values, made))
    return BigInt(made[0] ?? 0)
  }
  return { library, call, check, create }
}
