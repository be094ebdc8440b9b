// A field to sign in with the finger. Tells its strokes after each (`change`), and makes a picture of them (`toFile`).
import { type Stroke, WIDTH } from './ink'
import { type Pen, penFor } from './pen'

interface Own {
  pen?: Pen
  canvas?: WechatMiniprogram.Canvas
  width: number
  strokes: Stroke[]
  /** The finger is down. */
  isDrawing: boolean
}

/** Kept beside the data: none of it is shown by the template. */
function ownOf(pad: { own?: Own }): Own {
  pad.own ??= { width: 0, strokes: [], isDrawing: false }
  return pad.own
}

Component({
  properties: {
    /** What was drawn before, from a draft; read once. */
    strokes: { type: Array, value: [] as Stroke[] },
  },
  data: { hasInk: false },
  lifetimes: {
    ready() {
      const own = ownOf(this as object)
      this.createSelectorQuery()
        .select('.pad__canvas')
        .fields({ node: true, size: true })
        .exec(([found]: [{ node: WechatMiniprogram.Canvas; width: number; height: number } | null]) => {
          if (!found) return
          own.canvas = found.node
          own.width = found.width
          own.pen = penFor(found.node, found.width, found.height, wx.getWindowInfo().pixelRatio)
          own.strokes = this.data.strokes.map((stroke) => [...stroke])
          own.pen.draw(own.strokes)
          this.setData({ hasInk: own.strokes.length > 0 })
        })
    },
  },
  methods: {
    begin(event: WechatMiniprogram.TouchCanvas) {
      const own = ownOf(this as object)
      own.isDrawing = true
      own.strokes.push([])
      this.reach(event)
      if (!this.data.hasInk) this.setData({ hasInk: true })
    },
    reach(event: WechatMiniprogram.TouchCanvas) {
      const { pen, width, strokes, isDrawing } = ownOf(this as object)
      const stroke = strokes[strokes.length - 1]
      const touch = event.touches[0]
      if (!pen || !isDrawing || !stroke || !touch) return
      stroke.push(Math.round((touch.x / width) * WIDTH), Math.round((touch.y / width) * WIDTH))
      pen.extend(stroke)
    },
    end() {
      const own = ownOf(this as object)
      if (!own.isDrawing) return
      own.isDrawing = false
      this.tell()
    },
    clear() {
      const own = ownOf(this as object)
      own.strokes = []
      own.pen?.wipe()
      this.setData({ hasInk: false })
      this.tell()
    },
    tell() {
      this.triggerEvent('change', { strokes: ownOf(this as object).strokes.map((stroke) => [...stroke]) })
    },
    /** The signature as a PNG on the phone. */
    async toFile(): Promise<string> {
      const { canvas } = ownOf(this as object)
      const { tempFilePath } = await wx.canvasToTempFilePath({ canvas, fileType: 'png' }, this)
      return tempFilePath
    },
    still() {},
  },
})
