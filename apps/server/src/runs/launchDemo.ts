import { presets } from '@hourglass/autoencoders'
import { launchRun, type RunLaunching } from './launchRun.js'

/** Launches the demonstration run, so that the first page is alive. Its data may be missing; then the lab starts empty. */
export async function launchDemo(lab: RunLaunching): Promise<void> {
  const demo = presets.find(({ id }) => id === 'demo')
  if (!demo) return
  try {
    await launchRun(lab, { name: demo.title, config: demo.runs[0].config })
  } catch (error) {
    lab.log.warn({ err: error }, 'demonstration run cannot be launched')
  }
}
