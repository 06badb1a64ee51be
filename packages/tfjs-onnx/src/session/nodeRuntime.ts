import { InferenceSession, Tensor } from 'onnxruntime-node'
import { commonSessionOptions, type OnnxRuntime, type SessionOptions, SPIN_MICROSECONDS } from './Session.js'
import { TensorSession } from './TensorSession.js'

/** The native library through onnxruntime-node. Importing this file fails where the package has none for the platform, or the system cannot load it. */
export const nodeRuntime: OnnxRuntime = {
  name: 'node',
  async openSession(model, options) {
    return new TensorSession(await InferenceSession.create(model, nativeOptions(options)), {
      runtime: 'node',
      Tensor,
      run: async (session, feeds, fetches) => {
        // The native library writes into the arrays that it is given.
        await session.run(feeds, fetches)
      },
    })
  },
}

function nativeOptions({ threads, spinning }: SessionOptions): InferenceSession.SessionOptions {
  return {
    ...commonSessionOptions,
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: spinning ? { allow_spinning: '1', spin_duration_us: SPIN_MICROSECONDS } : { allow_spinning: '0' } } },
  }
}
