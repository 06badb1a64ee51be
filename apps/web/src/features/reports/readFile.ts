/** Reads a file of the lab. Throws where it cannot be had. */
export async function readFile(url: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} could not be read: ${response.status}.`)
  return response
}

/** Reads a file of the lab as an address that holds it. */
export async function inlineFile(url: string, type?: string): Promise<string> {
  const blob = await (await readFile(url)).blob()
  const reader = new FileReader()
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error(`${url} could not be read.`))
    reader.readAsDataURL(type === undefined ? blob : new Blob([blob], { type }))
  })
}
