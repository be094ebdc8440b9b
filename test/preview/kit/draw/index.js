// A signature: what the finger draws, and the picture made of it.
Page({
  data: { strokes: '' },
  onReady() {
    this.createSelectorQuery()
      .select('#paper')
      .fields({ node: true, size: true })
      .exec(([{ node, width, height }]) => {
        node.width = width
        node.height = height
        this.canvas = node
        this.pen = node.getContext('2d')
      })
  },
  begin({ touches }) {
    const [{ x, y }] = touches
    this.from = { x, y }
    this.pen.beginPath()
    this.pen.moveTo(x, y)
  },
  draw({ touches }) {
    const [{ x, y }] = touches
    this.pen.lineTo(x, y)
    this.pen.stroke()
  },
  async end({ changedTouches }) {
    const [{ x, y }] = changedTouches
    const { tempFilePath } = await wx.canvasToTempFilePath({ canvas: this.canvas })
    const { width } = await wx.getImageInfo({ src: tempFilePath })
    const { from } = this
    this.setData({ strokes: `${Math.round(x - from.x)},${Math.round(y - from.y)} at ${Math.round(from.x)} of ${width}` })
  },
})
