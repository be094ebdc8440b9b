/** canvas of `type="2d"`. */
import { builtIn } from './builtIn.js'

export interface DrawingCanvas extends HTMLCanvasElement {
  createImage(): HTMLImageElement
  createPath2D(path?: string | Path2D): Path2D
  requestAnimationFrame(work: FrameRequestCallback): number
  cancelAnimationFrame(id: number): void
}

export const canvas = builtIn({ type: '', canvasId: '', disableScroll: false }, (box) => {
  const native = box.put('canvas') as unknown as DrawingCanvas
  Object.assign(native, {
    createImage: () => new Image(),
    createPath2D: (path?: string | Path2D) => new Path2D(path),
    requestAnimationFrame: (work: FrameRequestCallback) => requestAnimationFrame(work),
    cancelAnimationFrame: (id: number) => cancelAnimationFrame(id),
  })
  box.watch(['canvasId'], () => {
    native.dataset['canvasId'] = box.values.canvasId
  })
})
