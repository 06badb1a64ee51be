// Source of every number: WebAssembly Core Specification 2.0, chapter 5 (binary format).

export type Bytes = readonly number[]

/** Instructions that exist for one float32 and for a vector of four. */
export type Arithmetic = 'abs' | 'neg' | 'sqrt' | 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max'

const f32Codes: Readonly<Record<Arithmetic, number>> = {
  abs: 0x8b,
  neg: 0x8c,
  sqrt: 0x91,
  add: 0x92,
  sub: 0x93,
  mul: 0x94,
  div: 0x95,
  min: 0x96,
  max: 0x97,
}

const f32x4Codes: Readonly<Record<Arithmetic, number>> = {
  abs: 224,
  neg: 225,
  sqrt: 227,
  add: 228,
  sub: 229,
  mul: 230,
  div: 231,
  min: 232,
  max: 233,
}

const VECTOR = 0xfd

/** The types of values, as a function's signature and its locals name them. */
export const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const

export const f32 = {
  arithmetic: (name: Arithmetic): Bytes => [f32Codes[name]],
  constant: (value: number): Bytes => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  /** Loads from the address on the stack plus an offset. */
  load: (offset: number): Bytes => [0x2a, 2, ...unsigned(offset)],
  store: (offset: number): Bytes => [0x38, 2, ...unsigned(offset)],
  promote: [0xbb],
  demote: [0xb6],
} as const

export const f32x4 = {
  arithmetic: (name: Arithmetic): Bytes => [VECTOR, ...unsigned(f32x4Codes[name])],
  splat: [VECTOR, 19],
  splatConstant: (value: number): Bytes => splatConstant(new Uint8Array(Float32Array.of(value).buffer)),
  /** All ones where it holds, else all zeros. */
  lessThan: [VECTOR, 67],
  /** The second operand where it is smaller, else the first: one instruction of the processor, while `min`, for the sake of NaN, takes six. */
  pseudoMin: [VECTOR, ...unsigned(234)],
  /** The second operand where it is larger, else the first. */
  pseudoMax: [VECTOR, ...unsigned(235)],
  load: (offset: number): Bytes => v128.load(offset),
  store: (offset: number): Bytes => v128.store(offset),
} as const

/** Arithmetic on two float64, which the low or high half of four 32-bit integers becomes and two of four float32 are made of. */
export const f64x2 = {
  /** Reads the low two of four signed 32-bit integers. */
  fromLowIntegers: [VECTOR, ...unsigned(254)],
  add: [VECTOR, ...unsigned(240)],
  mul: [VECTOR, ...unsigned(242)],
  splatConstant: (value: number): Bytes => splatConstant(new Uint8Array(Float64Array.of(value).buffer)),
  /** Rounds to float32, which fill the low half; the high half becomes 0. */
  demote: [VECTOR, 94],
} as const

/** Arithmetic on four 32-bit integers; it wraps around. */
export const i32x4 = {
  splatConstant: (value: number): Bytes => splatConstant(new Uint8Array(Int32Array.of(value).buffer)),
  add: [VECTOR, ...unsigned(174)],
  sub: [VECTOR, ...unsigned(177)],
  /** Shifts by the i32 on the stack. */
  shiftLeft: [VECTOR, ...unsigned(171)],
  shiftRightSigned: [VECTOR, ...unsigned(172)],
  shiftRightUnsigned: [VECTOR, ...unsigned(173)],
  /** All ones where it holds, else all zeros. */
  lessThanSigned: [VECTOR, ...unsigned(57)],
  equal: [VECTOR, ...unsigned(55)],
  /** Signed integers as float32: one instruction of the processor, while unsigned ones take eight. */
  toFloat: [VECTOR, ...unsigned(250)],
  /** The 64-bit products of the unsigned integers in the low or high halves of two vectors. */
  multiplyWide: (half: Half): Bytes => [VECTOR, ...unsigned(half === 'low' ? 222 : 223)],
} as const

/** Instructions on 128 bits, whatever they mean. */
export const v128 = {
  load: (offset: number): Bytes => [VECTOR, 0, 4, ...unsigned(offset)],
  store: (offset: number): Bytes => [VECTOR, 11, 4, ...unsigned(offset)],
  and: [VECTOR, 78],
  /** The first operand where the second has zeros. */
  andNot: [VECTOR, 79],
  or: [VECTOR, 80],
  xor: [VECTOR, 81],
  /** The first operand where the third has ones, the second where it has zeros. */
  select: [VECTOR, 82],
  /** Picks four 32-bit lanes out of two vectors: 0 to 3 from the first, 4 to 7 from the second. */
  pick: (...lanes: readonly [number, number, number, number]): Bytes => [
    VECTOR,
    13,
    ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
  /** A constant of sixteen bytes. */
  constant: (bytes: ArrayLike<number>): Bytes => [VECTOR, 12, ...Array.from(bytes)],
} as const

/** A vector whose lanes all are one value of four or eight bytes. */
function splatConstant(lane: Uint8Array): Bytes {
  return v128.constant(Array.from({ length: 16 }, (_, index) => lane[index % lane.length] ?? 0))
}

type Half = 'low' | 'high'

/** Instructions on sixteen bytes, to widen them. */
export const bytes16 = {
  load: (offset: number): Bytes => v128.load(offset),
  /** Eight of the sixteen unsigned bytes, as 16-bit integers. */
  extend: (half: Half): Bytes => [VECTOR, ...unsigned(half === 'low' ? 137 : 138)],
  /** Four of eight unsigned 16-bit integers, as 32-bit integers. */
  extendAgain: (half: Half): Bytes => [VECTOR, ...unsigned(half === 'low' ? 169 : 170)],
} as const

export const i32 = {
  constant: (value: number): Bytes => [0x41, ...signed(value)],
  add: [0x6a],
  lessThan: [0x49],
} as const

export const local = {
  get: (index: number): Bytes => [0x20, ...unsigned(index)],
  set: (index: number): Bytes => [0x21, ...unsigned(index)],
  tee: (index: number): Bytes => [0x22, ...unsigned(index)],
} as const

export const control = {
  /** A block that `repeatIf` jumps back to the beginning of. */
  loop: [0x03, 0x40],
  repeatIf: [0x0d, 0],
  end: [0x0b],
  call: (index: number): Bytes => [0x10, ...unsigned(index)],
} as const

/** Encodes an unsigned integer below 2³² in LEB128. */
export function unsigned(value: number): Bytes {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? low + 128 : low)
  } while (rest > 0)
  return bytes
}

/** Encodes an integer as a signed 32-bit number in LEB128. */
function signed(value: number): Bytes {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 127
    rest >>= 7
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) return [...bytes, low]
    bytes.push(low + 128)
  }
}
