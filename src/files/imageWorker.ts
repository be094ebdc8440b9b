// The process in which photos are decoded: it holds no key and no connection, and ends with the server.
import { type DrawRequest, draw } from './drawing.js'

process.on('message', (request: DrawRequest) => {
  void draw(request).then((drawn) => process.send?.(drawn))
})
process.on('disconnect', () => process.exit())
// A signal to the whole group is the server's business: it still wants the photo in hand, and leaving it ends us.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
