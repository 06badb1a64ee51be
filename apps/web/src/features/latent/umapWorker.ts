import { embedCodes } from './embedCodes'
import type { UmapAnswer, UmapQuestion } from './umapProtocol'

self.onmessage = ({ data }: MessageEvent<UmapQuestion>) => {
  const answer = (message: UmapAnswer, transfer: Transferable[] = []) => self.postMessage(message, { transfer })
  const places = embedCodes(data, (done, total) => answer({ type: 'progress', done, total }))
  answer({ type: 'done', places }, [places.buffer])
}
