/**
 * Writes a text as it is compared: `Übergröße` and `übergröße`, `Москва` and `москва`, an é of one code point and one of two are the same. Through upper
 * case, as ß has two letters there; a sigma is one wherever it stands.
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}

/** Letters that no mark can be taken from, as dictionaries place them. */
const letters: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' }
const LETTERS = new RegExp(`[${Object.keys(letters).join('')}]`, 'g')

/**
 * Gives a key by which names sort as in a dictionary when it is compared code point by code point: letters without their marks and case first, which decide
 * only between names that are else the same, and `z = 4` before `z = 16`.
 */
export function orderKey(text: string): string {
  const folded = foldText(text)
  const plain = folded
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(LETTERS, (letter) => letters[letter] ?? letter)
    // Its length before a number makes longer ones larger.
    .replace(/\d+/g, (digits) => {
      const significant = digits.replace(/^0+(?=\d)/, '')
      return `${String(significant.length).padStart(3, '0')}${significant}`
    })
  return `${plain}\u0001${folded}`
}
