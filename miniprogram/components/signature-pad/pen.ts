// Draws a signature on a canvas of WeChat.
import { type Curve, curvesOf, type Stroke, WIDTH } from './ink'

const INK = '#1b2420'
const PAPER = '#ffffff'
/** In thousandths of the pad's width. */
const THICK = 9

export interface Pen {
  wipe(): void
  /** The last pieces of a stroke that has grown. */
  extend(stroke: Stroke): void
  draw(strokes: readonly Stroke[]): void
}

export function penFor(canvas: WechatMiniprogram.Canvas, width: number, height: number, pixelRatio: number): Pen {
  canvas.width = Math.round(width * pixelRatio)
  canvas.height = Math.round(height * pixelRatio)
  const context = canvas.getContext('2d') as WechatMiniprogram.CanvasRenderingContext.CanvasRenderingContext2D
  const scale = (width * pixelRatio) / WIDTH
  context.scale(scale, scale)
  const line = (curves: readonly Curve[]) => {
    context.strokeStyle = INK
    context.lineWidth = THICK
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.beginPath()
    for (const { from, control, to } of curves) {
      context.moveTo(from.x, from.y)
      context.quadraticCurveTo(control.x, control.y, to.x, to.y)
    }
    context.stroke()
  }
  return {
    wipe() {
      context.fillStyle = PAPER
      context.fillRect(0, 0, WIDTH, (WIDTH * height) / width)
    },
    extend: (stroke) => line(curvesOf(stroke).slice(-2)),
    draw(strokes) {
      this.wipe()
      for (const stroke of strokes) line(curvesOf(stroke))
    },
  }
}
