import { type CodeCloud, meanCode, rowsOfClass } from '@hourglass/autoencoders/latent'

interface ArithmeticOptions extends CodeCloud {
  /** The current code, `[size]`. */
  readonly code: Float32Array
  /** Rows that are selected. */
  readonly selection: readonly number[]
  /** Codes of single examples, `[n, size]`, where these are not those that means are of. */
  readonly singles?: Float32Array
}

/** A sign, a factor, and what is added: `− 0.5 mean 7`. */
const TERM = /^\s*([+\-−])?\s*(?:(\d+(?:\.\d+)?)\s*[*·×]?\s*)?(\[\s*\d+\s*\]|mean\s+\d+|mean|selection|code)(?![\w[])/i

/**
 * Computes a code from others, as one writes it: `[7] − mean 7 + mean 1` is the code of test example 7 without the mean of class 7 and with that of class 1. `mean` is
 * that of all, `selection` that of what is selected, `code` the current one; each may have a factor. Throws an Error that says what is not understood, or not there.
 */
export function computeCode(text: string, options: ArithmeticOptions): Float32Array {
  const { code } = options
  const sum = new Float64Array(code.length)
  let rest = text.trim()
  if (rest === '') throw new Error('Expected a term, such as [12] or mean 7.')
  for (let isFirst = true; rest !== ''; isFirst = false) {
    const [whole, sign, factor, what] = TERM.exec(rest) ?? []
    if (whole === undefined || what === undefined || (!isFirst && sign === undefined)) {
      throw new Error(`Expected ${isFirst ? 'a term' : '+ or − and a term'}, such as [12], mean 7, mean, selection or code, got “${rest}”.`)
    }
    const weight = (sign === undefined || sign === '+' ? 1 : -1) * (factor === undefined ? 1 : Number(factor))
    const value = codeOfTerm(what.toLowerCase(), options)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + weight * (value[at] as number)
    rest = rest.slice(whole.length).trim()
  }
  return Float32Array.from(sum)
}

function codeOfTerm(what: string, { codes, labels, code, selection, singles = codes }: ArithmeticOptions): Float32Array {
  const size = code.length
  const number = Number(/\d+/.exec(what)?.[0])
  if (what === 'code') return code
  if (what.startsWith('[')) {
    if (number < labels.length) return singles.slice(number * size, (number + 1) * size)
    throw new Error(`There is no test example ${number}: they are counted from 0 to ${labels.length - 1}.`)
  }
  const all = Array.from(labels, (_, row) => row)
  if (what === 'selection' && selection.some((row) => row >= labels.length)) {
    throw new Error('The selection has examples whose codes are not on this page: go to its mean, and write code.')
  }
  const rows = what === 'selection' ? selection.filter((row) => row < labels.length) : what === 'mean' ? all : rowsOfClass(labels, number)
  const mean = meanCode(codes, { size, rows })
  if (mean) return mean
  throw new Error(what === 'selection' ? 'Nothing is selected on the map.' : `There is no test example of class ${number}.`)
}
