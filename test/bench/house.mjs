/**
 * The service as it is built, in a process of its own that tells when it serves and what it uses. `argv[3]`: the folder
 * of another build, to be measured beside this one.
 */
import { pathToFileURL } from 'node:url'
import { reportTo } from './report.mjs'

const [, , jobs, folder] = process.argv
const dist = folder === undefined ? new URL('../../dist/', import.meta.url) : pathToFileURL(`${folder}/`)
const { readConfig } = await import(new URL('config.js', dist).href)
const { startService } = await import(new URL('service.js', dist).href)

// Another process may do the jobs: then this one only answers.
const service = await startService(readConfig(), { withWorker: jobs !== 'without-jobs' })
reportTo(process, service.url)
process.once('SIGTERM', () => void service.stop().then(() => process.exit(0)))
