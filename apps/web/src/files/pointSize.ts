/** Largest radius that reads as a point, and the smallest that still shows, in CSS pixels. */
const LARGEST = 3.5
const SMALLEST = 1.4
/** Points that a plot holds at the largest size without their running into each other. */
const FEW = 40

/** Sizes points in a plot so that they cover about the same area together, however many they are. */
export function pointSize(count: number): number {
  return Math.max(SMALLEST, Math.min(LARGEST, LARGEST * Math.sqrt(FEW / Math.max(1, count))))
}
