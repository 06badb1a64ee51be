/**
 * How texts were folded and ordered when {@link foldTexts} was released. A step gives what it gave, whatever has become of that since: what changes it brings a
 * step of its own.
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}

const letters: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' }
const LETTERS = new RegExp(`[${Object.keys(letters).join('')}]`, 'g')

export function orderKey(text: string): string {
  const folded = foldText(text)
  const plain = folded
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(LETTERS, (letter) => letters[letter] ?? letter)
    .replace(/\d+/g, (digits) => {
      const significant = digits.replace(/^0+(?=\d)/, '')
      return `${String(significant.length).padStart(3, '0')}${significant}`
    })
  return `${plain}\u0001${folded}`
}
