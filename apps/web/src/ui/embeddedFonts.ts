/**
 * Writes the fonts that the page uses as rules that hold them: an image loads no files. modern-screenshot would find them itself, but reads their
 * addresses with a base of its own, which the page's security policy forbids.
 */
export async function embeddedFonts(): Promise<string> {
  const used = new Set([...document.fonts].filter(({ status }) => status === 'loaded').map(({ unicodeRange }) => unicodeRange))
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) =>
      rule instanceof CSSFontFaceRule && used.has(rule.style.getPropertyValue('unicode-range')) ? [{ rule, base: sheet.href }] : [],
    ),
  )
  return (await Promise.all(faces.map(({ rule, base }) => embed(rule.cssText, base ?? document.baseURI)))).join('\n')
}

const ADDRESS = /url\("([^"]+)"\)/

async function embed(rule: string, base: string): Promise<string> {
  const address = ADDRESS.exec(rule)?.[1]
  if (address === undefined) return rule
  const response = await fetch(new URL(address, base))
  if (!response.ok) throw new Error(`The font ${address} could not be read: the server answered ${response.status}.`)
  return rule.replace(ADDRESS, `url("${await toDataUrl(await response.blob())}")`)
}

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
