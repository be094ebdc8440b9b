/** The service as it is built, in a process of its own that tells when it serves and how long it was ever blocked. */
import { readConfig } from '../../dist/config.js'
import { startService } from '../../dist/service.js'
import { reportTo } from './report.mjs'

// Another process may do the jobs: then this one only answers.
const service = await startService(readConfig(), { withWorker: process.argv[2] !== 'without-jobs' })
reportTo(process, service.url)
process.once('SIGTERM', () => void service.stop().then(() => process.exit(0)))
