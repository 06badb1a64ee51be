/** Has the browser save bytes or text under a name. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  download(url, name)
  // The download reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Has the browser save what is at an address, under the name that the server gives it unless there is another. */
export function download(address: string, name = ''): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
