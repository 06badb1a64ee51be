/** Reports, in one sentence that names the setting to change, why the server cannot start. */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}
