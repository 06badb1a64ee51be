import { InferenceSession, Tensor } from 'onnxruntime-node'
import { commonSessionOptions, type OnnxRuntime, type SessionOptions } from './Session.js'

/** Long enough to meet the next operator of a step, too short to keep a core from others for long. */
const SPIN_MICROSECONDS = '20'

/** The native library. Importing this file fails where the package has none for the platform, or the system cannot load it. */
export const nodeRuntime: OnnxRuntime = {
  name: 'node',
  async openSession(model, options) {
    const session = await InferenceSession.create(model, nativeOptions(options))
    return {
      runtime: 'node',
      tensor: (dtype, values, shape) => new Tensor(dtype, values, shape),
      run: async (feeds, fetches) => {
        // The native library writes into the arrays that it is given.
        await session.run(feeds, fetches)
      },
      release: () => session.release(),
    }
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
