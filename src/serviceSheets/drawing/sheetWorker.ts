// The process in which one sheet is drawn: fonts of 8 MB are read and set in it, and it ends with its answer.
import { drawSheet, type PageOrder } from './page.js'

process.once('message', (order: PageOrder) => {
  drawSheet(order).then(
    (bytes) => process.send?.({ bytes }, () => process.disconnect()),
    (error: unknown) => process.send?.({ failure: String(error) }, () => process.disconnect()),
  )
})
process.on('disconnect', () => process.exit())
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
