// What a signature is made of, apart from any canvas: strokes as points, in thousandths of the pad's width.

/** `[x, y, x, y, …]`, whole numbers. */
export type Stroke = number[]

export const WIDTH = 1000

/** Less than a fifth of the pad's width is a slip of the finger. */
const LEAST = WIDTH / 5

interface Point {
  x: number
  y: number
}

export const pointsOf = (stroke: Stroke): Point[] =>
  Array.from({ length: Math.floor(stroke.length / 2) }, (_, at) => ({
    x: stroke[at * 2] as number,
    y: stroke[at * 2 + 1] as number,
  }))

const between = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 })

export interface Curve {
  from: Point
  control: Point
  to: Point
}

/** A stroke as curves from the middle of each piece to the middle of the next, so that a quick hand leaves no corners. */
export function curvesOf(stroke: Stroke): Curve[] {
  const points = pointsOf(stroke)
  const first = points[0]
  const last = points[points.length - 1]
  if (!first || !last) return []
  const middles = points.slice(1).map((point, at) => between(points[at] as Point, point))
  const ends = [first, ...middles, last]
  return ends.slice(1).map((to, at) => ({ from: ends[at] as Point, control: points[at] as Point, to }))
}

export function lengthOf(stroke: Stroke): number {
  const points = pointsOf(stroke)
  return points.slice(1).reduce((sum, { x, y }, at) => {
    const { x: fromX, y: fromY } = points[at] as Point
    return sum + Math.hypot(x - fromX, y - fromY)
  }, 0)
}

export const hasEnoughInk = (strokes: readonly Stroke[]): boolean =>
  strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= LEAST
