/** Longest reason of an end, in bytes, as of https://www.rfc-editor.org/rfc/rfc6455#section-5.5. */
const LONGEST = 123

/** Cuts the reason why a socket is closed to what a frame of WebSocket takes, between two characters. */
export function closeReason(text: string): string {
  let length = 0
  let reason = ''
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > LONGEST) break
    reason += character
  }
  return reason
}
