/** Writes bytes in letters, digits, `-` and `.`, which stand in addresses as they are. */
export function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '.').replaceAll('=', '')
}

/** Reads what {@link toBase64Url} wrote; null for anything else. */
export function fromBase64Url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('.', '/')), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
