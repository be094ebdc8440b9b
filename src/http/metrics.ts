/** Figures for Prometheus, on a port of their own that nobody outside needs to reach. */
import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export interface Metrics {
  observe(verb: string, status: number, seconds: number): void
  registry: Registry
}

/** Of memory, processor and event loop. Its clocks and observers run until the process ends: once is enough. */
let ofProcess: Registry | undefined

function figuresOfProcess(): Registry {
  if (ofProcess) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess })
  return ofProcess
}

export function makeMetrics(): Metrics {
  figuresOfProcess()
  const registry = new Registry()
  const duration = new Histogram({
    name: 'shenhuan_request_seconds',
    help: 'Duration of requests by verb',
    labelNames: ['verb'],
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const answers = new Counter({
    name: 'shenhuan_answers_total',
    help: 'Answers by verb and class of status',
    labelNames: ['verb', 'status'],
    registers: [registry],
  })
  return {
    registry,
    observe(verb, status, seconds) {
      duration.observe({ verb }, seconds)
      answers.inc({ verb, status: `${Math.floor(status / 100)}xx` })
    },
  }
}

export function serveMetrics({ registry }: Metrics, host: string, port: number): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.url !== '/metrics') {
      res.writeHead(404).end()
      return
    }
    Promise.all([figuresOfProcess().metrics(), registry.metrics()]).then(
      (texts) => res.writeHead(200, { 'Content-Type': registry.contentType }).end(texts.join('\n')),
      () => res.writeHead(503).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}
