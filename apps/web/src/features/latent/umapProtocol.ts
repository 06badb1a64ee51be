/** From page to worker, which does one embedding. */
export interface UmapQuestion {
  /** `[count, size]` */
  readonly codes: Float32Array
  readonly size: number
  readonly seed: number
}

/** From worker to page. */
export type UmapAnswer =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  /** Places `[count, 2]`. */
  | { readonly type: 'done'; readonly places: Float32Array<ArrayBuffer> }
